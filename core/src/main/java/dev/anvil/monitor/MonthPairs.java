package dev.anvil.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How alike the pictures of months are, of each month with each other.
 *
 * @param sums of the kernel over pairs of pictures, by their months in time
 * @param counts of these pairs
 * @param fresh which months are new
 */
record MonthPairs(double[][] sums, double[][] counts, boolean[] fresh) {
  private static final List<Integer> BLOCKS = List.of(1, 2, 3, 6, 12);
  private static final int ORDERS = 199;

  /** Above this p, neighbours are taken for no more alike than others: rather too long a block. */
  private static final double ALIKE = .2;

  /** Fewer neighbours tell nothing. */
  private static final int LEAST_BLOCKS = 4;

  /**
   * The smallest number of months in a row, among those learned from, that are no more alike to the
   * next as many than to others.
   */
  int blockLength(SplittableRandom random) {
    for (int months : BLOCKS) {
      MonthPairs blocks = inBlocks(months);
      int[] old = blocks.old();
      if (old.length < LEAST_BLOCKS || blocks.neighboursP(old, random) > ALIKE) {
        return months;
      }
    }
    return BLOCKS.get(BLOCKS.size() - 1);
  }

  private int[] old() {
    return IntStream.range(0, fresh.length).filter(m -> !fresh[m]).toArray();
  }

  /** Of neighbours as alike, were the order of the months learned from of no account. */
  private double neighboursP(int[] old, SplittableRandom random) {
    double seen = neighbours(old);
    int[] order = old.clone();
    int asLarge = 1;
    for (int k = 0; k < ORDERS; k++) {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int other = order[i];
        order[i] = order[j];
        order[j] = other;
      }
      asLarge += neighbours(order) >= seen ? 1 : 0;
    }
    return asLarge / (ORDERS + 1.);
  }

  private double neighbours(int[] order) {
    double sum = 0;
    double count = 0;
    for (int i = 1; i < order.length; i++) {
      sum += sums[order[i - 1]][order[i]];
      count += counts[order[i - 1]][order[i]];
    }
    return count == 0 ? 0 : sum / count;
  }

  /** The same with so many months in a row as one; old months are counted back from the newest. */
  MonthPairs inBlocks(int months) {
    int[] block = new int[fresh.length];
    int old = old().length;
    int first = (old + months - 1) / months;
    int seenOld = 0;
    int seenNew = 0;
    for (int m = 0; m < fresh.length; m++) {
      block[m] = fresh[m] ? first + seenNew++ / months : first - 1 - (old - 1 - seenOld++) / months;
    }
    int count = 1 + Arrays.stream(block).max().orElse(-1);
    MonthPairs out =
        new MonthPairs(new double[count][count], new double[count][count], new boolean[count]);
    for (int a = 0; a < block.length; a++) {
      out.fresh[block[a]] = fresh[a];
      for (int b = 0; b < block.length; b++) {
        out.sums[block[a]][block[b]] += sums[a][b];
        out.counts[block[a]][block[b]] += counts[a][b];
      }
    }
    return out;
  }

  /** Of a discrepancy as large between as many drawn at random and the others. */
  double p(int permutations, SplittableRandom random) {
    int count = 0;
    for (boolean is : fresh) {
      count += is ? 1 : 0;
    }
    double seen = discrepancy(fresh);
    int asLarge = 1;
    for (int k = 0; k < permutations; k++) {
      asLarge += discrepancy(drawn(count, random)) >= seen ? 1 : 0;
    }
    return asLarge / (permutations + 1.0);
  }

  /** Unbiased over pairs of different months: pictures of one month are alike anyway. */
  private double discrepancy(boolean[] which) {
    double[] kernel = new double[3];
    double[] pairs = new double[3];
    for (int a = 0; a < which.length; a++) {
      for (int b = 0; b < which.length; b++) {
        int kind = (which[a] ? 1 : 0) + (which[b] ? 1 : 0);
        if (a != b || kind == 2) {
          kernel[kind] += sums[a][b];
          pairs[kind] += counts[a][b];
        }
      }
    }
    double within = pairs[2] == 0 ? kernel[0] / pairs[0] : kernel[2] / pairs[2];
    return kernel[0] / pairs[0] + within - 2 * kernel[1] / pairs[1];
  }

  private boolean[] drawn(int count, SplittableRandom random) {
    boolean[] out = new boolean[fresh.length];
    for (int left = count; left > 0; ) {
      int month = random.nextInt(out.length);
      if (!out[month]) {
        out[month] = true;
        left--;
      }
    }
    return out;
  }
}
