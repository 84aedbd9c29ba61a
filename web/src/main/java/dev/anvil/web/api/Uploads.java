package dev.anvil.web.api;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.image.PictureFormat;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.web.UploadLimits;
import dev.anvil.web.guard.RefusedException;
import dev.anvil.workspace.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that browsers send, in one folder per upload. A file is written as it arrives, under a
 * hidden name until it is whole and known to be a table or a picture.
 */
public final class Uploads {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int AT_ONCE = 16;
  private static final long GRACE_NANOS = 10_000_000_000L;
  private static final int HEAD = 64;

  private final Path folder;
  private final UploadLimits limits;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore senders = new Semaphore(AT_ONCE);
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /** What an upload holds, with what is arriving. */
  private static final class Held {
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
  }

  /**
   * An upload.
   *
   * @param folder of its files, for requests
   * @param files their names
   * @param bytes of all of them
   */
  public record Upload(String id, Path folder, List<String> files, long bytes) {
    public Upload {
      requireNonNull(id, "id is null");
      files = List.copyOf(files);
    }
  }

  Uploads(Path folder, UploadLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /** Begins an upload. */
  Upload begin() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    try {
      Files.createDirectories(folder.resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException("beginning an upload", e);
    }
    return find(id);
  }

  /**
   * What was uploaded so far.
   *
   * @throws NotFoundException when there is no such upload
   */
  Upload find(String id) {
    Path root = root(id);
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return new Upload(
          id, root, files.stream().map(f -> root.relativize(f).toString()).toList(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("listing an upload", e);
    }
  }

  /**
   * A file of an upload.
   *
   * @throws NotFoundException when there is none of that name
   */
  Path file(String id, String name) {
    Path file = UploadedName.in(root(id), name);
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("file", "is not in the upload");
    }
    return file;
  }

  /** Forgets an upload and its files. */
  void delete(String id) {
    held.remove(id);
    FileTree.delete(root(id));
  }

  /**
   * Adds a file.
   *
   * @throws InvalidInputException when its name leads elsewhere, or it is neither table nor picture
   * @throws RefusedException when it is too large, too slow, or one too many
   */
  void add(String id, String name, InputStream body) {
    Path root = root(id);
    Path file = UploadedName.in(root, name);
    Held held = this.held.computeIfAbsent(id, i -> held(find(i)));
    if (held.files.incrementAndGet() > limits.files()) {
      held.files.decrementAndGet();
      throw new RefusedException(
          413, "The upload has %,d files; no more.".formatted(limits.files()));
    }
    if (!senders.tryAcquire()) {
      held.files.decrementAndGet();
      throw new RefusedException(503, "%d files arrive already; try again.".formatted(AT_ONCE));
    }
    boolean kept = false;
    try {
      receive(file, body, held);
      kept = true;
    } catch (IOException e) {
      throw new RefusedException(
          507, "The file cannot be kept: %s.".formatted(e.getClass().getSimpleName()));
    } finally {
      senders.release();
      if (!kept) {
        held.files.decrementAndGet();
      }
    }
  }

  private static Held held(Upload upload) {
    Held held = new Held();
    held.files.set(upload.files().size());
    held.bytes.set(upload.bytes());
    return held;
  }

  /** Parts lie beside the uploads, so that nobody finds half a file in one. */
  private void receive(Path file, InputStream body, Held held) throws IOException {
    Path part = Files.createTempFile(folder, ".", ".part");
    long received = 0;
    try {
      received = copy(body, part, held);
      checkKind(file, part);
      checkPlace(file);
      Files.createDirectories(file.getParent());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      received = 0;
    } finally {
      held.bytes.addAndGet(-received);
      Files.deleteIfExists(part);
    }
  }

  /** A file of an upload is no folder of it, and the other way round. */
  private void checkPlace(Path file) {
    boolean taken = Files.isDirectory(file);
    for (Path above = file.getParent(); !above.equals(folder); above = above.getParent()) {
      taken |= Files.isRegularFile(above);
    }
    if (taken) {
      throw new InvalidInputException(
          file.getFileName().toString(), "is a file and a folder at once; expected one of them");
    }
  }

  /** Reads what arrives. */
  private static int read(InputStream from, byte[] buffer) {
    try {
      return from.read(buffer);
    } catch (IOException e) {
      throw new RefusedException(408, "The file did not arrive whole.");
    }
  }

  /** Writes what arrives; gives the bytes back to the upload's allowance where it fails. */
  private long copy(InputStream from, Path part, Held held) throws IOException {
    long began = System.nanoTime();
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    boolean whole = false;
    try (OutputStream to = Files.newOutputStream(part)) {
      for (int read = read(from, buffer); read >= 0; read = read(from, buffer)) {
        total += read;
        if (held.bytes.addAndGet(read) > limits.bytes() || total > limits.fileBytes()) {
          throw new RefusedException(
              413,
              "The file is too large; expected at most %,d bytes, and %,d in the whole upload."
                  .formatted(limits.fileBytes(), limits.bytes()));
        }
        checkPace(total, System.nanoTime() - began);
        to.write(buffer, 0, read);
      }
      whole = true;
      return total;
    } finally {
      if (!whole) {
        held.bytes.addAndGet(-total);
      }
    }
  }

  private void checkPace(long bytes, long nanos) {
    if (nanos > GRACE_NANOS && bytes * 1e9 < (double) limits.slowest() * nanos) {
      throw new RefusedException(408, "The file arrives too slowly.");
    }
  }

  /** What the bytes are counts, not the name: nothing that a browser would run is kept. */
  private static void checkKind(Path file, Path part) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(part)) {
      head = in.readNBytes(HEAD);
    }
    if (PictureFormat.of(head).isPresent()) {
      try {
        PictureReader.DEFAULT.probe(part);
      } catch (UnreadablePictureException e) {
        throw new InvalidInputException(file.getFileName().toString(), e.problem().message());
      }
    } else if (!UploadedName.isTable(file)) {
      throw new InvalidInputException(
          file.getFileName().toString(),
          "is neither a table of posts nor a picture; expected .csv, .xlsx, .jsonl, .parquet, JPEG,"
              + " PNG, WebP, GIF, BMP or TIFF");
    }
  }

  private Path root(String id) {
    Path root = folder.resolve(ID.matcher(id).matches() ? id : "none");
    if (!Files.isDirectory(root)) {
      throw new NotFoundException("upload", "is not there; begin one");
    }
    return root;
  }
}
