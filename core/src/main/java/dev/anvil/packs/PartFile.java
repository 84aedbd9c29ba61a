package dev.anvil.packs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A file that has come in part: its first bytes in {@code <file>.part}, and in {@code
 * <file>.part.tag} the server's name for the content that they are of.
 */
final class PartFile {
  private final Path target;
  private final Path part;
  private final Path tag;

  PartFile(Path target) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.tag = target.resolveSibling(target.getFileName() + ".part.tag");
  }

  Path path() {
    return part;
  }

  long bytes() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  Optional<String> tag() throws IOException {
    return Files.exists(tag) ? Optional.of(Files.readString(tag)) : Optional.empty();
  }

  /** Forgets what came and begins with content of this tag. */
  void begin(Optional<String> content) throws IOException {
    discard();
    Files.createDirectories(part.toAbsolutePath().getParent());
    if (content.isPresent()) {
      Files.writeString(tag, content.get());
    }
  }

  void discard() throws IOException {
    if (Files.isRegularFile(part)) {
      Files.delete(part);
    }
    Files.deleteIfExists(tag);
  }

  /**
   * Appends a body.
   *
   * @param most bytes that there may be
   * @param position told how many bytes there are
   * @return whether there were no more
   * @throws TemporaryFailure when the network fails
   * @throws IOException when the disk fails; what was written stays
   */
  boolean append(InputStream in, long most, LongConsumer position) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (FileChannel out =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (out.size() + n > most) {
          return false;
        }
        write(out, ByteBuffer.wrap(buffer, 0, n));
        position.accept(out.size());
      }
      out.force(true);
      return true;
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be written (%s); the %d bytes that came are kept, pull again when there is room"
              .formatted(part, e.getMessage(), out.size()),
          e);
    }
  }

  /** Gives the whole file its name. */
  void finish() throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(tag);
  }
}
