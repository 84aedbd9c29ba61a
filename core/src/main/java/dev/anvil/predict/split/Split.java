package dev.anvil.predict.split;

import static java.util.Objects.requireNonNull;

/**
 * Posts to train on and posts to test on.
 *
 * @param name {@code random}, {@code temporal} or {@code grouped}
 * @param train rows, ascending
 * @param test other rows, ascending
 */
public record Split(String name, int[] train, int[] test) {
  public Split {
    requireNonNull(name, "name is null");
    if (train.length < 2 || test.length < 2) {
      throw new IllegalArgumentException(
          "%s split has %d training and %d test rows; expected at least 2 each"
              .formatted(name, train.length, test.length));
    }
  }
}
