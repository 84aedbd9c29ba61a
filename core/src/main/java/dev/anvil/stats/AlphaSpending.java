package dev.anvil.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of the type I error each interim analysis of growing data may spend, so that all of them
 * together spend no more than was allowed, whatever the reason to stop.
 *
 * <p>The cumulative spending is the square of the information fraction (the power family of Kim and
 * DeMets, 1987): early analyses are strict, and the last is little worse than a single one. The
 * errors of the analyses are added as if they did not overlap. That holds under any dependence
 * between them (Boole's inequality), which matters here: the training-sample uncertainty is the same
 * at every analysis.
 *
 * @param sizes of the data at each analysis, rising; the last is all there will be
 */
public record AlphaSpending(List<Integer> sizes) {
  public AlphaSpending {
    sizes = List.copyOf(sizes);
    int last = 0;
    for (int size : sizes) {
      if (size <= last) {
        throw new IllegalArgumentException("sizes are " + sizes + "; expected them to rise from 1");
      }
      last = size;
    }
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("there are no interim analyses; expected one or more");
    }
  }

  /**
   * One analysis after the first, and so many more after each.
   *
   * @param first size at the first analysis
   * @param step more of each further one
   * @param most size at the last
   */
  public static AlphaSpending every(int first, int step, int most) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = first; size < most; size += step) {
      sizes.add(size);
    }
    sizes.add(most);
    return new AlphaSpending(sizes);
  }

  /**
   * Fraction of the whole error that an analysis may spend, 0 to 1; all of them sum to 1.
   *
   * @param analysis from 0
   */
  public double share(int analysis) {
    double all = sizes.get(sizes.size() - 1);
    double before = analysis == 0 ? 0 : sizes.get(analysis - 1) / all;
    double now = sizes.get(analysis) / all;
    return now * now - before * before;
  }
}
