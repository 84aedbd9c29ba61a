package dev.anvil.natives;

import java.io.IOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The files that JavaCPP unpacked, {@code <jar>/<path in the jar>}. It looks at their sizes and
 * times alone, so those with other bytes are deleted before it looks; it then unpacks them again.
 */
final class JavaCppFiles {
  private final Path folder;
  private final Consumer<String> notes;

  JavaCppFiles(Path folder, Consumer<String> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  @SuppressWarnings("try") // the lock is held, not used
  void removeDamaged() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock(); // JavaCPP's own, under which it unpacks
        Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
              .filter(f -> folder.relativize(f).getNameCount() > 1)
              .toList();
      for (Path file : files) {
        if (!isOfItsJar(file)) {
          Files.delete(file);
          notes.accept("%s was damaged and has been unpacked again".formatted(file));
        }
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("%s is in use by other classes of this process".formatted(folder), e);
    }
  }

  /**
   * Whether the jar has such bytes in the file's folder. (A library can have another name than in
   * the jar. A jar that is not here is of another version, which nobody loads now.)
   */
  private boolean isOfItsJar(Path file) throws IOException {
    Path inJar = folder.relativize(file);
    String entries =
        inJar.subpath(1, inJar.getNameCount()).getParent().toString().replace('\\', '/') + "/";
    URL url = JavaCppFiles.class.getClassLoader().getResource(entries);
    if (url == null || !NativeCache.jarName(NativeCache.connection(url)).equals(jar(inJar))) {
      return true;
    }
    JarFile jar = NativeCache.connection(url).getJarFile();
    long size = Files.size(file);
    long crc = NativeCache.crc(file);
    return jar.stream()
        .filter(e -> e.getName().startsWith(entries))
        .anyMatch(e -> e.getSize() == size && e.getCrc() == crc);
  }

  private static String jar(Path inJar) {
    return inJar.getName(0).toString().replaceAll("\\.jar$", "");
  }
}
