package dev.anvil.monitor;

import dev.anvil.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Turns numbers, one after another, into their ranks among all before, as shares from 0 to 1. While
 * numbers are exchangeable with those before, the shares are independent and uniform, exactly
 * (Vovk, Gammerman and Shafer 2005, section 8.1); ties are broken by lot.
 */
final class RankStream {
  private final List<Double> before = new ArrayList<>();
  private final SplittableRandom lots;

  /** Begins with what is known of quiet times. */
  RankStream(double[] quiet, long seed) {
    for (double value : quiet) {
      before.add(value);
    }
    this.lots = Seeds.random(seed, "ranks");
  }

  /** The rank of the next number, in 0 to 1; it then is one of those before. */
  double next(double value) {
    long below = before.stream().filter(v -> v < value).count();
    long equal = before.stream().filter(v -> v == value).count();
    before.add(value);
    return (below + lots.nextDouble() * (equal + 1)) / before.size();
  }
}
