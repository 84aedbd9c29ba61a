package dev.anvil.spark;

import dev.anvil.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files at any place that Hadoop knows: on this machine, HDFS, S3. */
final class HadoopFiles {
  private HadoopFiles() {}

  /**
   * Writes a whole file, first under a name that readers pass over.
   *
   * @param name says by a hash what is in it: a file of that name that is there already is as good
   */
  static void write(Configuration hadoop, String folder, String name, byte[] bytes)
      throws IOException {
    Path place = new Path(folder, name);
    Path unfinished = new Path(folder, "_" + name + "-" + UUID.randomUUID());
    FileSystem files = system(place, hadoop);
    try (OutputStream out = files.create(unfinished, /* overwrite= */ true)) {
      out.write(bytes);
    }
    if (!files.rename(unfinished, place)) {
      files.delete(unfinished, /* recursive= */ false);
      if (!files.exists(place)) {
        throw new IOException(unfinished + " cannot be renamed to " + place);
      }
    }
  }

  /**
   * Whoever has a place. Of this machine without Hadoop's checksums, since it starts processes for
   * these: four per file that is written.
   */
  private static FileSystem system(Path place, Configuration hadoop) throws IOException {
    FileSystem files = place.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }

  /** How Hadoop calls a file of this machine: unlike in a URI, nothing is escaped. */
  static String name(java.nio.file.Path file) {
    return "file://" + file.toAbsolutePath();
  }

  /** SHA-256 of a file's bytes. */
  static String sha256(Configuration hadoop, String file) throws IOException {
    Path place = new Path(file);
    try (InputStream in = system(place, hadoop).open(place)) {
      return Sha256.of(in);
    }
  }

  /**
   * A file of this machine with a file's bytes: itself where it is on this machine, else a copy.
   *
   * @param name of a copy
   */
  static java.nio.file.Path local(
      Configuration hadoop, String file, java.nio.file.Path scratch, String name)
      throws IOException {
    Path place = new Path(file);
    URI uri = place.toUri();
    FileSystem files = place.getFileSystem(hadoop);
    if (files.getScheme().equals("file")) {
      return java.nio.file.Path.of(uri.getPath());
    }
    java.nio.file.Path copy = scratch.resolve(name);
    try (InputStream in = files.open(place)) {
      Files.copy(in, copy);
    }
    return copy;
  }
}
