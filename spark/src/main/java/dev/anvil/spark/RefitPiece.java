package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Makes refits of one design.
 *
 * @param task what they have in common
 */
record RefitPiece(Broadcast<RefitTask> task) implements Piece {
  /** Kind under which regressors are kept. */
  static final String KIND = "cluster-refits";

  private static final long serialVersionUID = 1L;

  RefitPiece {
    requireNonNull(task, "task is null");
  }

  @Override
  public List<ItemProblem> work(List<Item> items, ExecutorParts parts) {
    for (Item item : items) {
      byte[] regressor = task.value().fit(Json.read(item.json(), RefitTask.Asked.class));
      parts.stores().results().put(KIND, item.key(), regressor);
    }
    return List.of();
  }
}
