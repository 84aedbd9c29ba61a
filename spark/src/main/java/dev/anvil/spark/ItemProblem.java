package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Why an item could not be done; a row of the problems table.
 *
 * @param key of the item
 * @param place file or variant, as people know it
 * @param message what was found and what was expected
 */
record ItemProblem(String key, String place, String message) implements Serializable {
  ItemProblem {
    requireNonNull(key, "key is null");
    requireNonNull(place, "place is null");
    requireNonNull(message, "message is null");
  }
}
