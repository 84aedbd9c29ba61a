package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a pipeline made of its items.
 *
 * @param rows an embedding for each item in its order; empty for one that could not be opened or
 *     encoded
 * @param problems one for each item without an embedding, in the items' order
 * @param faults those of the problems that lie with the encoder, which gives no embedding of a view
 *     that could be opened
 */
public record Encoded(List<Optional<float[]>> rows, List<Problem> problems, List<Problem> faults) {
  public Encoded {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
    faults = List.copyOf(faults);
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
    return present();
  }

  /** The embeddings that there are, in the items' order. */
  public float[][] present() {
    return rows.stream().flatMap(Optional::stream).toArray(float[][]::new);
  }

  /**
   * Of things that lie beside the items, those whose item has an embedding.
   *
   * @param items as many as rows, in their order
   */
  public <T> List<T> presentOf(List<T> items) {
    return IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).isPresent())
        .mapToObj(items::get)
        .toList();
  }
}
