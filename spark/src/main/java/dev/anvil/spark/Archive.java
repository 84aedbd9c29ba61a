package dev.anvil.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;

/** Folders that are sent to each executor once. */
final class Archive {
  private Archive() {}

  /**
   * Sends folders, unless that was done before.
   *
   * @param name of the folder that has them on executors; says what is in it by a hash
   */
  static void send(String name, List<Path> folders, SparkContext spark) throws IOException {
    if (spark.listArchives().mkString(" ").contains(name)) {
      return;
    }
    Path folder = Files.createTempDirectory("anvil-archive");
    Path archive = folder.resolve(name + ".zip");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      for (Path one : folders) {
        add(one, zip);
      }
    }
    spark.addArchive(archive.toUri() + "#" + name);
    folder.toFile().deleteOnExit(); // what is registered last is deleted first
    archive.toFile().deleteOnExit();
  }

  private static void add(Path folder, ZipOutputStream zip) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String inside = folder.relativize(file).toString().replace('\\', '/');
        if (!inside.startsWith(".")) {
          zip.putNextEntry(new ZipEntry(folder.getFileName() + "/" + inside));
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }

  /** Where this executor has what was sent under a name. */
  static Path folder(String name) {
    return Path.of(SparkFiles.get(name));
  }
}
