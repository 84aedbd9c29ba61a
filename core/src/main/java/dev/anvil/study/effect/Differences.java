package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.HierarchicalBootstrap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What one contrast's variants scored, less their controls: the raw material of an {@link Effect}.
 *
 * @param factor what is varied, for example {@code colour}
 * @param level the edited value, for example {@code red}
 * @param reference the level compared with, or {@code control} for the null edit
 * @param placebo whether the contrast is expected to be nil
 * @param sources hashes of the creatives, one per first index of the arrays, each once
 * @param target {@code [source][seed][refit]}, score(variant) - score(control) in training standard
 *     deviations; NaN where a variant failed or a refit has seen the source. Read only.
 * @param relative the same shape, on the metric's own scale: each change of the back-transformed
 *     prediction as a share of the mean prediction compared with, over all sources, seeds and
 *     refits. Their mean is therefore the ratio of the mean predictions minus one (docs/method.md
 *     section 3), not a mean of ratios, which one source that is predicted to get next to nothing
 *     would decide. NaN at the same places. Read only.
 * @param resampled the mean difference by models of resampled posts, on both scales
 */
public record Differences(
    String factor,
    String level,
    String reference,
    boolean placebo,
    List<String> sources,
    double[][][] target,
    double[][][] relative,
    Resampled resampled) {
  /**
   * What the mean difference would be had the model learned from other posts.
   *
   * @param target one mean per resample; empty where this was not looked at. Read only.
   * @param relative the same on the metric's own scale. Read only.
   * @param disagreement how much edits and posts disagree about the model; none where that is
   *     unknown
   */
  public record Resampled(double[] target, double[] relative, Disagreement disagreement) {
    /** Not looked at. */
    public static final Resampled NONE = new Resampled(new double[0], new double[0]);

    /** Without a disagreement. */
    public Resampled(double[] target, double[] relative) {
      this(target, relative, Disagreement.NONE);
    }

    /** The same with a disagreement. */
    public Resampled with(Disagreement other) {
      return new Resampled(target, relative, other);
    }

    /** Means of one contrast, as each of several models sees it. */
    public static Resampled of(List<Differences> models) {
      List<Differences> usable = models.stream().filter(d -> d.usableSources() > 0).toList();
      return new Resampled(
          usable.stream().mapToDouble(d -> HierarchicalBootstrap.mean(d.target)).toArray(),
          usable.stream().mapToDouble(d -> HierarchicalBootstrap.mean(d.relative)).toArray());
    }

    /**
     * Means with a given spread.
     *
     * @param units that the spread comes from: as many means are made
     * @param target standard error on the target's scale
     * @param relative the same on the metric's own scale
     */
    public static Resampled ofSpread(int units, double target, double relative) {
      // evenly spaced: the standard deviation of 0 .. n-1 is sqrt(n (n + 1) / 12)
      double unit = Math.sqrt(units * (units + 1) / 12.0);
      double[] even =
          IntStream.range(0, units).mapToDouble(i -> (i - (units - 1) / 2.0) / unit).toArray();
      return new Resampled(
          Arrays.stream(even).map(e -> e * target).toArray(),
          Arrays.stream(even).map(e -> e * relative).toArray());
    }

    public Resampled {
      requireNonNull(disagreement, "disagreement is null");
      if (target.length != relative.length) {
        throw new IllegalArgumentException(
            "%d resamples on the target and %d on the metric; expected as many"
                .formatted(target.length, relative.length));
      }
    }
  }

  public Differences {
    requireNonNull(resampled, "resampled is null");
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(reference, "reference is null");
    sources = List.copyOf(sources);
    String name = "%s %s against %s".formatted(factor, level, reference);
    Set<String> seen = new HashSet<>();
    for (String source : sources) {
      if (!seen.add(source)) {
        throw refused(name, "source %s is given twice".formatted(source));
      }
    }
    if (sources.size() != target.length || sources.size() != relative.length) {
      throw refused(
          name,
          "%d sources, %d rows of target, %d rows of relative; expected as many of each"
              .formatted(sources.size(), target.length, relative.length));
    }
    int refits = -1;
    for (int i = 0; i < target.length; i++) {
      if (target[i].length != relative[i].length) {
        throw refused(
            name,
            "source %d has %d seeds on the target and %d on the metric; expected as many"
                .formatted(i, target[i].length, relative[i].length));
      }
      for (int s = 0; s < target[i].length; s++) {
        refits = refits < 0 ? target[i][s].length : refits;
        checkRow(name + ", source " + i + ", seed " + s, refits, target[i][s], relative[i][s]);
      }
    }
  }

  private static void checkRow(String where, int refits, double[] target, double[] relative) {
    if (target.length != refits || relative.length != refits) {
      throw refused(
          where,
          "%d refits on the target and %d on the metric; expected %d"
              .formatted(target.length, relative.length, refits));
    }
    for (int r = 0; r < refits; r++) {
      boolean finite = Double.isFinite(target[r]) && Double.isFinite(relative[r]);
      boolean missing = Double.isNaN(target[r]) && Double.isNaN(relative[r]);
      if (!finite && !missing) {
        throw refused(
            where,
            "refit %d: target %s, relative %s; expected both finite or both NaN"
                .formatted(r, target[r], relative[r]));
      }
    }
  }

  private static IllegalArgumentException refused(String where, String message) {
    return new IllegalArgumentException(where + ": " + message);
  }

  /** The same, with what models of resampled posts say of the same variants. */
  public Differences with(Resampled other) {
    return new Differences(factor, level, reference, placebo, sources, target, relative, other);
  }

  /** The same, with every difference larger by a number. */
  public Differences moved(double onTarget, double onMetric) {
    return new Differences(
        factor,
        level,
        reference,
        placebo,
        sources,
        moved(target, onTarget),
        moved(relative, onMetric),
        resampled);
  }

  private static double[][][] moved(double[][][] values, double by) {
    return Arrays.stream(values)
        .map(
            bySeed ->
                Arrays.stream(bySeed)
                    .map(byRefit -> Arrays.stream(byRefit).map(v -> v + by).toArray())
                    .toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  /** The same, expected to be nil. */
  public Differences asPlacebo() {
    return new Differences(factor, level, reference, true, sources, target, relative, resampled);
  }

  /** This contrast less the same one by other models of the same variants. */
  public Differences minus(Differences other) {
    return new Differences(
        factor,
        level,
        reference,
        placebo,
        sources,
        minus(target, other.target),
        minus(relative, other.relative),
        Resampled.NONE);
  }

  private static double[][][] minus(double[][][] a, double[][][] b) {
    double[][][] out = new double[a.length][][];
    for (int i = 0; i < a.length; i++) {
      out[i] = new double[a[i].length][];
      for (int s = 0; s < a[i].length; s++) {
        out[i][s] = new double[a[i][s].length];
        for (int r = 0; r < a[i][s].length; r++) {
          out[i][s][r] = a[i][s][r] - b[i][s][r];
        }
      }
    }
    return out;
  }

  /** Sources with at least one value. */
  public int usableSources() {
    return (int) IntStream.range(0, target.length).filter(this::isUsable).count();
  }

  /** Whether a source has at least one value. */
  public boolean isUsable(int source) {
    return hasValue(target[source]);
  }

  private static boolean hasValue(double[][] bySeed) {
    for (double[] byRefit : bySeed) {
      for (double value : byRefit) {
        if (!Double.isNaN(value)) {
          return true;
        }
      }
    }
    return false;
  }
}
