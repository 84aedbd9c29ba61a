package dev.anvil.study.variant;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import dev.anvil.stats.ProbeAuc;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an editor leaves in a picture when it is asked for no change (docs/method.md section 3.8).
 *
 * @param factor whose editor it is
 * @param sources whose null edits were compared with them
 * @param distance mean cosine distance of a null edit's embedding from its source's, 0 to 2
 * @param probeAuc how well a cross-validated probe tells null edits from sources; empty with fewer
 *     than {@link #LEAST} sources
 */
public record Drift(String factor, int sources, double distance, Optional<Interval> probeAuc) {
  /** Sources that a probe needs. */
  public static final int LEAST = 10;

  private static final int FOLDS = 5;
  private static final double LEVEL = .95;

  public Drift {
    requireNonNull(factor, "factor is null");
    requireNonNull(probeAuc, "probeAuc is null");
  }

  /**
   * Measures it. Columns that are unknown (NaN) in any row are left out.
   *
   * @param edited embeddings of null edits, at least one
   * @param original embeddings of their sources, in the same order
   */
  public static Drift of(String factor, List<float[]> edited, List<float[]> original, long seed) {
    int[] known =
        IntStream.range(0, edited.get(0).length)
            .filter(
                d ->
                    edited.stream().noneMatch(row -> Float.isNaN(row[d]))
                        && original.stream().noneMatch(row -> Float.isNaN(row[d])))
            .toArray();
    double[][] after = columns(edited, known);
    double[][] before = columns(original, known);
    double distance =
        IntStream.range(0, after.length)
            .mapToDouble(i -> 1 - cosine(after[i], before[i]))
            .average()
            .orElseThrow();
    return new Drift(
        factor,
        after.length,
        distance,
        after.length < LEAST
            ? Optional.empty()
            : Optional.of(ProbeAuc.of(after, before, FOLDS, LEVEL, seed)));
  }

  private static double[][] columns(List<float[]> rows, int[] columns) {
    double[][] out = new double[rows.size()][columns.length];
    for (int i = 0; i < out.length; i++) {
      for (int d = 0; d < columns.length; d++) {
        out[i][d] = rows.get(i)[columns[d]];
      }
    }
    return out;
  }

  private static double cosine(double[] a, double[] b) {
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int d = 0; d < a.length; d++) {
      dot += a[d] * b[d];
      lengthA += a[d] * a[d];
      lengthB += b[d] * b[d];
    }
    return lengthA == 0 || lengthB == 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
  }
}
