package dev.anvil.engine.outcome;

import dev.anvil.Problem;
import dev.anvil.image.Box;
import java.nio.file.Path;
import java.util.List;

/**
 * The elements of pictures.
 *
 * @param problems pictures that could not be looked at
 */
public record ElementsOutcome(
    long run, List<Row> elements, List<Path> written, List<Problem> problems) implements Outcome {
  public ElementsOutcome {
    problems = List.copyOf(problems);
    elements = List.copyOf(elements);
    written = List.copyOf(written);
  }

  /**
   * An element.
   *
   * @param confidence 0 to 1
   * @param coverage share of the picture
   */
  public record Row(String picture, String label, double confidence, Box box, double coverage) {}
}
