package dev.anvil.study.effect;

import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores of one factor's variants and of their controls.
 *
 * @param variants {@code [source][seed][refit][level]}; NaN where there is none
 * @param controls the same shape
 */
record FactorScores(
    Factor factor, List<String> levels, double[][][][] variants, double[][][][] controls) {

  /** The place of a score among the others of its level. */
  record At(int source, int seed, int refit) {}

  /** Scores that are summed or averaged, at each place. */
  @FunctionalInterface
  interface Scores {
    double[] at(At place);
  }

  /** NaN everywhere. */
  static FactorScores empty(Factor factor, List<String> levels, int sources, int refits) {
    return new FactorScores(
        factor,
        levels,
        unknown(sources, factor.seeds(), refits, levels.size()),
        unknown(sources, factor.seeds(), refits, levels.size()));
  }

  private static double[][][][] unknown(int sources, int seeds, int refits, int levels) {
    double[][][][] scores = new double[sources][seeds][refits][levels];
    for (double[][][] bySeed : scores) {
      for (double[][] byRefit : bySeed) {
        for (double[] byLevel : byRefit) {
          Arrays.fill(byLevel, Double.NaN);
        }
      }
    }
    return scores;
  }

  private double[] byLevel(At at) {
    return variants[at.source()][at.seed()][at.refit()];
  }

  /** Of one level's variants. */
  Scores level(int level) {
    return at -> new double[] {byLevel(at)[level]};
  }

  /** Of the controls of one level's variants. */
  Scores controlsOf(int level) {
    return at -> new double[] {controls[at.source()][at.seed()][at.refit()][level]};
  }

  /** What a level is compared with. */
  Scores compared(int level) {
    return switch (factor.reference()) {
      case StudySpec.CONTROL -> controlsOf(level);
      case StudySpec.AVERAGE -> this::byLevel;
      case StudySpec.CROSSED -> level(levels.size() - 1);
      default -> level(levels.indexOf(factor.reference()));
    };
  }

  /**
   * The combinations that a difference of differences adds (0) or takes away (1): those with an
   * even or odd number of second choices.
   */
  Scores crossed(int parity) {
    return at ->
        IntStream.range(0, levels.size())
            .filter(l -> Integer.bitCount(l) % 2 == parity)
            .mapToDouble(l -> byLevel(at)[l])
            .toArray();
  }
}
