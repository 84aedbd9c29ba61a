package dev.anvil.monitor;

import dev.anvil.Seeds;
import dev.anvil.stats.Auc;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether new pictures are of another kind than those learned from: maximum mean discrepancy
 * (Gretton et al. 2012) of embeddings with a Gaussian kernel, whose threshold comes from permuting
 * whole months, so that what the posts of a month share is no evidence. Where months in a row are
 * more alike than others, blocks of months are permuted. Near-duplicates stay in the month of their
 * first post, and are new only where none of them was learned from.
 *
 * @param months that were learned from, and new ones
 * @param newMonths of these, how many are new
 * @param block how many months in a row are permuted together
 * @param auc how often a new picture is told from an old one by pictures of other months: .5 is
 *     never
 * @param p of a discrepancy as large, were months exchangeable; never below 1 / (permutations + 1)
 * @param unlike row numbers of the new pictures that are least like the old ones, the least first
 * @param leftBehind row numbers of the old pictures that are least like the new ones, the least
 *     first
 */
public record PictureDrift(
    int months,
    int newMonths,
    int block,
    double auc,
    double p,
    List<Integer> unlike,
    List<Integer> leftBehind) {
  private static final int PERMUTATIONS = 999;
  private static final int SHOWN = 12;

  /** Months without which nothing is said: of old pictures, and in all splits of the months. */
  private static final int LEAST_MONTHS = 12;

  public PictureDrift {
    unlike = List.copyOf(unlike);
    leftBehind = List.copyOf(leftBehind);
  }

  /**
   * A picture of a post.
   *
   * @param embedding NaN where something of it is not there; counts as average
   * @param group near-duplicates have the same
   * @param isNew whether the model did not learn from it
   */
  public record Shot(float[] embedding, LocalDateTime time, int group, boolean isNew) {}

  /**
   * Tests new pictures against old ones.
   *
   * @return empty where there are fewer than {@value #LEAST_MONTHS} months of old pictures, or none
   *     of new ones
   */
  public static Optional<PictureDrift> of(List<Shot> posted, long seed) {
    List<Shot> shots = joined(posted);
    int[] month = months(shots);
    int count = 1 + Arrays.stream(month).max().orElse(-1);
    boolean[] fresh = new boolean[count];
    for (int i = 0; i < month.length; i++) {
      fresh[month[i]] |= shots.get(i).isNew();
    }
    int newMonths = 0;
    for (boolean is : fresh) {
      newMonths += is ? 1 : 0;
    }
    if (newMonths == 0 || count - newMonths < LEAST_MONTHS) {
      return Optional.empty();
    }
    double[][] kernel = kernel(shots);
    double[][] sums = new double[count][count];
    double[][] pairs = new double[count][count];
    for (int i = 0; i < month.length; i++) {
      for (int j = 0; j < month.length; j++) {
        if (i != j) {
          sums[month[i]][month[j]] += kernel[i][j];
          pairs[month[i]][month[j]]++;
        }
      }
    }
    MonthPairs all = new MonthPairs(sums, pairs, fresh);
    SplittableRandom random = Seeds.random(seed, "months");
    int block = all.blockLength(random);
    double p = all.inBlocks(block).p(PERMUTATIONS, random);
    double[] scores = scores(kernel, month, fresh);
    return Optional.of(
        new PictureDrift(
            count,
            newMonths,
            block,
            auc(scores, month, fresh),
            p,
            first(scores, i -> fresh[month[i]], -1),
            first(scores, i -> !fresh[month[i]], 1)));
  }

  /** A picture that was learned from is not new when it is posted again. */
  private static List<Shot> joined(List<Shot> all) {
    Set<Integer> old =
        all.stream().filter(s -> !s.isNew()).map(Shot::group).collect(Collectors.toSet());
    return all.stream()
        .map(s -> new Shot(s.embedding(), s.time(), s.group(), !old.contains(s.group())))
        .toList();
  }

  /** Numbers of the months, in time; one number for a group of near-duplicates. */
  private static int[] months(List<Shot> shots) {
    Map<Integer, LocalDateTime> first = new HashMap<>();
    for (Shot shot : shots) {
      first.merge(shot.group(), shot.time(), (a, b) -> a.isBefore(b) ? a : b);
    }
    TreeMap<String, Integer> numbers = new TreeMap<>();
    List<String> keys = new ArrayList<>();
    for (Shot shot : shots) {
      // a month in which the model was fitted has old pictures and new ones: two units
      String key =
          Pace.MONTH.period(first.get(shot.group()).toLocalDate()) + (shot.isNew() ? "n" : "");
      keys.add(key);
      numbers.put(key, 0);
    }
    int next = 0;
    for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
      entry.setValue(next++);
    }
    return keys.stream().mapToInt(numbers::get).toArray();
  }

  /** Gaussian, as wide as the median distance of standardised embeddings. */
  private static double[][] kernel(List<Shot> shots) {
    int n = shots.size();
    float[][] rows = standardised(shots);
    double[][] squares = new double[n][n];
    double[] all = new double[n * (n - 1) / 2];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        squares[i][j] = squared(rows[i], rows[j]);
        squares[j][i] = squares[i][j];
        all[k++] = squares[i][j];
      }
    }
    Arrays.sort(all);
    double median = all.length == 0 ? 1 : Math.max(all[all.length / 2], Double.MIN_NORMAL);
    for (double[] row : squares) {
      for (int j = 0; j < n; j++) {
        row[j] = Math.exp(-row[j] / median);
      }
    }
    return squares;
  }

  private static float[][] standardised(List<Shot> shots) {
    int width = shots.get(0).embedding().length;
    float[][] out = new float[shots.size()][width];
    for (int c = 0; c < width; c++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (Shot shot : shots) {
        float value = shot.embedding()[c];
        if (!Float.isNaN(value)) {
          sum += value;
          squares += (double) value * value;
          count++;
        }
      }
      double mean = count == 0 ? 0 : sum / count;
      double sd = count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
      for (int i = 0; i < out.length; i++) {
        float value = shots.get(i).embedding()[c];
        out[i][c] = Float.isNaN(value) || sd < 1e-9 ? 0 : (float) ((value - mean) / sd);
      }
    }
    return out;
  }

  private static double squared(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }

  /** How much liker each picture is to new ones than to old ones, of other months. */
  private static double[] scores(double[][] kernel, int[] month, boolean[] fresh) {
    double[] scores = new double[month.length];
    for (int i = 0; i < month.length; i++) {
      double[] sum = new double[2];
      int[] count = new int[2];
      for (int j = 0; j < month.length; j++) {
        if (month[i] != month[j]) {
          int kind = fresh[month[j]] ? 1 : 0;
          sum[kind] += kernel[i][j];
          count[kind]++;
        }
      }
      scores[i] = (count[1] == 0 ? 0 : sum[1] / count[1]) - sum[0] / Math.max(1, count[0]);
    }
    return scores;
  }

  private static double auc(double[] scores, int[] month, boolean[] fresh) {
    double[] of = new double[scores.length];
    double[] not = new double[scores.length];
    int a = 0;
    int b = 0;
    for (int i = 0; i < scores.length; i++) {
      if (fresh[month[i]]) {
        of[a++] = scores[i];
      } else {
        not[b++] = scores[i];
      }
    }
    return Auc.of(Arrays.copyOf(of, a), Arrays.copyOf(not, b));
  }

  /** Row numbers of some pictures by their scores, the largest first if the sign is negative. */
  private static List<Integer> first(double[] scores, IntPredicate which, int sign) {
    return IntStream.range(0, scores.length)
        .filter(which)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> sign * scores[i]))
        .limit(SHOWN)
        .toList();
  }
}
