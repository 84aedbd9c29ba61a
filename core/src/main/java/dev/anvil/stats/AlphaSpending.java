package dev.anvil.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of the error of the first kind each analysis at growing data may spend, so that all
 * looks together spend no more than was allowed, whatever makes one stop looking.
 *
 * <p>What is spent by a look grows with the square of the share of the data seen (the power family
 * of Kim and DeMets, 1987): early looks are strict, the last is little worse than an only one. Each
 * look is paid for as if the others did not overlap with it. That holds under any dependence
 * between them (Boole's inequality), which matters here: the uncertainty of the training sample is
 * the same at every analysis.
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
   * Share of the whole error that a look may spend, 0 to 1; all of them sum to 1.
   *
   * @param look from 0
   */
  public double share(int look) {
    double all = sizes.get(sizes.size() - 1);
    double before = look == 0 ? 0 : sizes.get(look - 1) / all;
    double now = sizes.get(look) / all;
    return now * now - before * before;
  }
}
