package dev.anvil.predict.matrix;

import dev.anvil.Seeds;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small synthetic campaigns: a linear signal in the first columns, noise, some unknown values. */
public record Data(Matrix features, double[] target, int[] groups, List<LocalDateTime> times) {
  public static Data of(int rows, int columns, double noise, long seed) {
    SplittableRandom random = Seeds.random(seed, "data");
    float[] values = new float[rows * columns];
    double[] target = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        values[i * columns + k] = (float) gaussian(random);
      }
      target[i] = values[i * columns] - .6 * values[i * columns + 1] + noise * gaussian(random);
      if (i % 7 == 3) {
        values[i * columns + columns - 1] = Float.NaN;
      }
    }
    int[] groups = IntStream.range(0, rows).map(i -> i / 2).toArray();
    LocalDateTime start = LocalDateTime.of(2020, 1, 1, 12, 0);
    List<LocalDateTime> times =
        IntStream.range(0, rows).mapToObj(i -> start.plusHours(36L * i)).toList();
    return new Data(new Matrix(rows, columns, values), target, groups, times);
  }

  /** Box-Muller: SplittableRandom has no Gaussian in Java 17's own class. */
  public static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  public List<Optional<LocalDateTime>> knownTimes() {
    return times.stream().map(Optional::of).toList();
  }
}
