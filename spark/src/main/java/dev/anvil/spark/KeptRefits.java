package dev.anvil.spark;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

import dev.anvil.InternalException;
import dev.anvil.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Refits, of which each is kept when it is made: whatever is killed makes only those again that
 * were under way. They stay in the table and are not put into the driver's workspace, since a model
 * that is done has all of its own.
 */
record KeptRefits(Spread spread, Tables tables) {
  KeptRefits {
    requireNonNull(spread, "spread is null");
    requireNonNull(tables, "tables is null");
  }

  /**
   * Regressors in the order of the items; what is kept is read, and executors make the others.
   *
   * @param items with what {@link RefitTask} is asked for, known by all that a refit depends on
   * @param phase one step per item
   */
  List<byte[]> of(List<Item> items, RefitPiece piece, Phase phase) {
    List<String> keys = items.stream().map(Item::key).toList();
    Map<String, byte[]> made = kept("", keys);
    List<Item> pending = items.stream().filter(item -> !made.containsKey(item.key())).toList();
    phase.step(items.size() - pending.size());
    if (!pending.isEmpty()) {
      made.putAll(kept(spread.run(pending, piece, phase), keys));
    }
    List<byte[]> regressors = new ArrayList<>();
    for (String key : keys) {
      byte[] regressor = made.get(key);
      if (regressor == null) {
        throw new InternalException(
            "%s: the refit %s is not in the table of results; expected it"
                .formatted(phase.name(), key));
      }
      regressors.add(regressor);
    }
    return regressors;
  }

  private Map<String, byte[]> kept(String run, List<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    Iterator<Row> rows =
        tables
            .kept(run)
            .filter(col("kind").equalTo(RefitPiece.KIND).and(col("key").isin(keys.toArray())))
            .toLocalIterator();
    rows.forEachRemaining(row -> found.put(row.getAs("key"), row.getAs("value")));
    return found;
  }
}
