package dev.anvil.showroom;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A picture whose content is known exactly.
 *
 * @param id unique within its file
 * @param picture the picture's file
 * @param mask 8-bit picture of the same size: 0 background, 1 car, 2 person
 * @param base the scene that this one is an exact counterfactual of; empty for a base scene
 * @param changed the one factor that differs from {@code base}; empty for a base scene
 * @param levels every column of the file by name, for example {@code colour} to {@code red}
 */
public record Scene(
    String id,
    Path picture,
    Path mask,
    Optional<String> base,
    Optional<String> changed,
    Map<String, String> levels) {
  private static final List<String> COLUMNS = List.of("id", "picture", "mask", "base", "changed");

  public Scene {
    requireNonNull(id, "id is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(mask, "mask is null");
    requireNonNull(base, "base is null");
    requireNonNull(changed, "changed is null");
    levels = Map.copyOf(levels);
  }

  /** Whether the scene is part of the feed, not a counterfactual of another one. */
  public boolean isBase() {
    return base.isEmpty();
  }

  /** The same scene with another level of a factor. */
  public Scene with(String factor, String level) {
    Map<String, String> others = new HashMap<>(levels);
    others.put(factor, level);
    return new Scene(id, picture, mask, base, changed, others);
  }

  /** Reads a {@code scenes.csv}; paths in it are relative to its folder. */
  public static List<Scene> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(), "file does not exist; expected a scenes.csv");
    }
    List<Scene> scenes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.toFile())) {
      while (rows.hasNext()) {
        int line = rows.getCurrentLocation().getLineNr();
        Map<String, String> row = rows.next();
        List<String> missing = COLUMNS.stream().filter(c -> row.get(c) == null).toList();
        if (missing.isEmpty()) {
          scenes.add(of(row, file.toAbsolutePath().getParent()));
        } else {
          problems.add(new Problem(file + " line " + line, "has no value for columns " + missing));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return scenes;
  }

  private static Scene of(Map<String, String> row, Path folder) {
    return new Scene(
        row.get("id"),
        folder.resolve(row.get("picture")),
        folder.resolve(row.get("mask")),
        Optional.of(row.get("base")).filter(s -> !s.isEmpty()),
        Optional.of(row.get("changed")).filter(s -> !s.isEmpty()),
        row);
  }
}
