package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline made of its items.
 *
 * @param rows an embedding for each item in its order; empty for one that could not be opened
 * @param problems one for each item that could not be opened, in the items' order
 */
public record Encoded(List<Optional<float[]>> rows, List<Problem> problems) {
  public Encoded {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  /**
   * All embeddings in the items' order.
   *
   * @throws InvalidInputException with every problem, when there is one
   */
  public float[][] orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return rows.stream().map(Optional::orElseThrow).toArray(float[][]::new);
  }
}
