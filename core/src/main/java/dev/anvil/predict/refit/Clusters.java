package dev.anvil.predict.refit;

import dev.anvil.predict.split.Splits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Posts whose residuals keep or turn together, and how (docs/method.md section 10): accounts where
 * there are enough of them, else near-duplicates.
 *
 * @param of one number per post
 * @param few whether there are so few that two weights give too few different draws: then the six
 *     weights of Webb (2023, Canadian Journal of Economics) are drawn from
 */
public record Clusters(int[] of, boolean few) {
  /** Below this many accounts, Rademacher weights give too few different draws. */
  public static final int ENOUGH = 15;

  /** Below this many accounts, nothing can be said of accounts in general. */
  public static final int LEAST = 5;

  private static final double[] WEBB = {
    -Math.sqrt(1.5), -1, -Math.sqrt(.5), Math.sqrt(.5), 1, Math.sqrt(1.5)
  };

  /**
   * Name of the split that chooses between regressors: of few accounts nothing is claimed beyond
   * themselves, so that new pictures of theirs choose.
   *
   * @param accounts how many there are; 0 for posts that belong to none
   */
  public static String choosingSplit(long accounts) {
    return accounts < LEAST ? Splits.GROUPED : Splits.NEW_GROUPS;
  }

  /** Near-duplicates. */
  public static Clusters of(int[] nearDuplicates) {
    return new Clusters(nearDuplicates, false);
  }

  /**
   * Accounts where there are {@value #LEAST} or more among the rows, else near-duplicates.
   *
   * @param accounts one per post
   * @param rows posts that count
   */
  public static Clusters of(int[] nearDuplicates, List<String> accounts, int[] rows) {
    long count = Arrays.stream(rows).mapToObj(accounts::get).distinct().count();
    if (count < LEAST) {
      return of(nearDuplicates);
    }
    Map<String, Integer> numbers = new HashMap<>();
    int[] of =
        accounts.stream().mapToInt(a -> numbers.computeIfAbsent(a, n -> numbers.size())).toArray();
    return new Clusters(of, count < ENOUGH);
  }

  /** One weight per cluster, drawn when the cluster is met first. */
  Weights draw(SplittableRandom random) {
    Map<Integer, Double> drawn = new HashMap<>();
    return post -> drawn.computeIfAbsent(of[post], c -> weight(random));
  }

  private double weight(SplittableRandom random) {
    if (few) {
      return WEBB[random.nextInt(WEBB.length)];
    }
    return random.nextBoolean() ? -1 : 1;
  }

  /** What each post's residual is multiplied by: mean 0, variance 1. */
  interface Weights {
    double of(int post);
  }
}
