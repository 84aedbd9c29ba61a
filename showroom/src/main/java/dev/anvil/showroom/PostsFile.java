package dev.anvil.showroom;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes simulated posts as a CSV that {@code anvil import} reads. */
public final class PostsFile {
  private static final CsvSchema SCHEMA =
      CsvSchema.builder()
          .addColumn("id")
          .addColumn("picture")
          .addColumn("published")
          .addColumn("channel")
          .addColumn("country")
          .addColumn("likes")
          .setUseHeader(true)
          .build();

  private PostsFile() {}

  /**
   * Replaces {@code file} in one step; picture paths are written relative to its folder.
   *
   * <p>What the pictures show is left out: a marketing team's file does not have it either.
   */
  public static void write(List<World.SimulatedPost> posts, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path partial = folder.resolve(file.getFileName() + ".partial");
    try (SequenceWriter writer = new CsvMapper().writer(SCHEMA).writeValues(partial.toFile())) {
      for (World.SimulatedPost post : posts) {
        writer.write(
            List.of(
                post.scene().id(),
                folder.relativize(post.scene().picture().toAbsolutePath()).toString(),
                post.time().toString(),
                post.channel(),
                post.country(),
                post.likes()));
      }
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
