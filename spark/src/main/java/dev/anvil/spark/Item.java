package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing to be done on an executor.
 *
 * @param key names it by content; results are known by it
 * @param json what is to be done, as its {@link Piece} reads it
 * @param known what the executor would otherwise have to make again
 */
record Item(String key, String json, ArrayList<Kept> known) implements Serializable {
  Item {
    requireNonNull(key, "key is null");
    requireNonNull(json, "json is null");
    requireNonNull(known, "known is null");
  }

  static Item of(String key, String json, List<Kept> known) {
    return new Item(key, json, new ArrayList<>(known));
  }
}
