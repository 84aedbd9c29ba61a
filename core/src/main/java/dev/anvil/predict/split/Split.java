package dev.anvil.predict.split;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Posts to train on and posts to test on.
 *
 * @param name {@code random}, {@code temporal}, {@code grouped} or {@code new groups}
 * @param train rows, ascending; of a cross-validation, those of its first part
 * @param test other rows, ascending; of a cross-validation, those of its parts, one after another
 * @param parts of a cross-validation, each of which trains and tests by itself; else none
 */
public record Split(String name, int[] train, int[] test, List<Split> parts) {
  public Split {
    requireNonNull(name, "name is null");
    parts = List.copyOf(parts);
    if (train.length < 2 || test.length < 2) {
      throw new IllegalArgumentException(
          "%s split has %d training and %d test rows; expected at least 2 each"
              .formatted(name, train.length, test.length));
    }
  }

  public Split(String name, int[] train, int[] test) {
    this(name, train, test, List.of());
  }

  /** A cross-validation: every row is tested once. */
  static Split crossed(String name, Folds folds) {
    List<Split> parts =
        IntStream.range(0, folds.count())
            .mapToObj(f -> new Split(name, folds.outside(f), folds.inside(f)))
            .toList();
    return new Split(
        name,
        parts.get(0).train(),
        parts.stream().flatMapToInt(p -> IntStream.of(p.test())).toArray(),
        parts);
  }

  /** What is trained and tested: the parts, or the whole where it has none. */
  public List<Split> trainings() {
    return parts.isEmpty() ? List.of(this) : parts;
  }
}
