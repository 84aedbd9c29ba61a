package dev.anvil.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;

/**
 * Libraries out of jars, one folder for each version. A file is used when its size and CRC-32 are
 * those that the jar states; another is unpacked again. (SHA-256 of these libraries would take
 * longer in a young JVM than unpacking them. Against intent there is {@link PrivateFolder}: who can
 * write there is the user.)
 *
 * <p>Safe for use from several processes at once, each of which may be killed at any time.
 */
final class NativeCache {
  private static final int BUFFER = 1 << 20;

  private final Path root;
  private final Consumer<String> notes;

  /**
   * @param root made if it is missing
   * @param notes takes what was mended
   */
  NativeCache(Path root, Consumer<String> notes) throws IOException {
    this.root = PrivateFolder.make(root);
    this.notes = notes;
  }

  /** One folder of the cache, for a library that unpacks by itself. */
  Path folder(String name) throws IOException {
    return PrivateFolder.make(root.resolve(name));
  }

  /**
   * Unpacks what is missing or damaged.
   *
   * @param resources of one jar
   * @return the folder that has all of them by their names
   * @throws IOException when that cannot be, with the reason in words
   */
  synchronized Path provide(List<URL> resources) throws IOException {
    CRC32 all = new CRC32();
    for (URL resource : resources) {
      all.update(
          ByteBuffer.allocate(Long.BYTES).putLong(0, connection(resource).getJarEntry().getCrc()));
    }
    Path folder =
        folder("%s-%08x".formatted(jarName(connection(resources.get(0))), all.getValue()));
    for (URL resource : resources) {
      JarURLConnection connection = connection(resource);
      JarEntry entry = connection.getJarEntry();
      Path file = folder.resolve(Path.of(entry.getName()).getFileName().toString());
      if (!isWhole(file, entry)) {
        unpackAlone(connection.getJarFile(), entry, file);
      }
      if (!Files.isExecutable(file)) {
        throw new IOException("%s may not be run there (noexec?)".formatted(file));
      }
    }
    return folder;
  }

  static JarURLConnection connection(URL resource) throws IOException {
    if (resource.openConnection() instanceof JarURLConnection connection) {
      return connection;
    }
    throw new IOException("%s is in no jar".formatted(resource));
  }

  static String jarName(JarURLConnection connection) {
    String path = connection.getJarFileURL().getPath();
    return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.jar$|[^A-Za-z0-9._-]", "");
  }

  /** Whether it is a file, and not a link, with the bytes of this entry. */
  static boolean isWhole(Path file, JarEntry entry) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == entry.getSize()
        && crc(file) == entry.getCrc();
  }

  static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        crc.update(buffer.flip());
        buffer.clear();
      }
    }
    return crc.getValue();
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void unpackAlone(JarFile jar, JarEntry entry, Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                root.resolve(".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.lock()) {
      if (!isWhole(file, entry)) { // another process may have unpacked it meanwhile
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          notes.accept("%s was damaged and has been unpacked again".formatted(file));
        }
        unpack(jar, entry, file);
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(
          "%s is being unpacked by other classes of this process".formatted(file), e);
    }
  }

  private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      if (!isWhole(partial, entry)) {
        throw new IOException("%s does not hold what was written to it".formatted(partial));
      }
      if (PrivateFolder.hasOwners()) {
        Files.setAttribute(partial, "unix:mode", 0700);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
