package dev.anvil.tags;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.split.Folds;
import dev.anvil.predict.split.Groups;
import dev.anvil.tags.TagEffect.Estimate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Outcomes and propensities of one column's levels, for each post from posts of other groups. */
final class CrossFit {
  private static final double LEAST_SHARE = .1;
  private static final double OUTSIDE = .05;

  /** What is regressed. */
  enum Outcome {
    TARGET,
    /**
     * The target of the post before, the first post following the last: a negative control. Its
     * model knows the tags of the post before too, since equal tags often follow each other.
     */
    POST_BEFORE
  }

  private final List<String> levels;
  private final boolean[][] at;
  private final double[][] propensity;
  private final boolean[][] clipped;
  private final Map<Outcome, double[]> observed;
  private final Map<Outcome, double[][]> expected;
  private final Collection<int[]> groups;

  private CrossFit(TaggedPosts posts, TagColumn column, List<String> levels) {
    int n = posts.count();
    this.levels = levels;
    this.at = new boolean[levels.size()][n];
    for (int l = 0; l < levels.size(); l++) {
      for (int i = 0; i < n; i++) {
        at[l][i] = column.values().get(i).equals(levels.get(l));
      }
    }
    this.propensity = new double[levels.size()][n];
    this.clipped = new boolean[levels.size()][n];
    this.observed = new EnumMap<>(Outcome.class);
    observed.put(Outcome.TARGET, posts.target());
    observed.put(
        Outcome.POST_BEFORE,
        Arrays.stream(previous(n)).mapToDouble(i -> posts.target()[i]).toArray());
    this.expected = new EnumMap<>(Outcome.class);
    observed.keySet().forEach(outcome -> expected.put(outcome, new double[levels.size()][n]));
    this.groups = Groups.members(posts.groups()).values();
  }

  static CrossFit of(
      TaggedPosts posts,
      TagColumn column,
      List<String> levels,
      Trainer trainer,
      Folds folds,
      RunContext context) {
    CrossFit fit = new CrossFit(posts, column, levels);
    Coding all = Coding.of(posts, c -> true);
    Matrix controls = Coding.of(posts, c -> !c.equals(column)).matrix();
    for (int fold = 0; fold < folds.count(); fold++) {
      for (int l = 0; l < levels.size(); l++) {
        context.checkCancelled();
        fit.fillPropensity(l, controls, folds.outside(fold), folds.inside(fold));
      }
    }
    Matrix before = all.matrix().select(previous(posts.count()));
    for (Outcome outcome : Outcome.values()) {
      UnaryOperator<Matrix> seen =
          outcome == Outcome.TARGET ? UnaryOperator.identity() : own -> joined(own, before);
      fit.fillExpected(
          outcome,
          seen.apply(all.matrix()),
          levels.stream().map(level -> seen.apply(all.allAt(column.name(), level))).toList(),
          trainer,
          folds,
          posts.groups(),
          context);
    }
    return fit;
  }

  private void fillExpected(
      Outcome outcome,
      Matrix features,
      List<Matrix> atLevel,
      Trainer trainer,
      Folds folds,
      int[] groupOfPost,
      RunContext context) {
    double[] y = observed.get(outcome);
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] train = folds.outside(fold);
      int[] test = folds.inside(fold);
      try (Regressor regressor =
          trainer.train(
              features.select(train),
              Arrays.stream(train).mapToDouble(i -> y[i]).toArray(),
              Arrays.stream(train).map(i -> groupOfPost[i]).toArray(),
              context)) {
        for (int l = 0; l < levels.size(); l++) {
          double[] predicted = regressor.predict(atLevel.get(l).select(test));
          for (int i = 0; i < test.length; i++) {
            expected.get(outcome)[l][test[i]] = predicted[i];
          }
        }
      }
    }
  }

  /** The row before each row; before the first comes the last. */
  private static int[] previous(int rows) {
    return IntStream.range(0, rows).map(i -> (i + rows - 1) % rows).toArray();
  }

  private static Matrix joined(Matrix a, Matrix b) {
    int width = a.columns() + b.columns();
    float[] values = new float[Math.multiplyExact(a.rows(), width)];
    for (int i = 0; i < a.rows(); i++) {
      System.arraycopy(a.values(), i * a.columns(), values, i * width, a.columns());
      System.arraycopy(b.values(), i * b.columns(), values, i * width + a.columns(), b.columns());
    }
    return new Matrix(a.rows(), width, values);
  }

  private void fillPropensity(int l, Matrix controls, int[] train, int[] test) {
    double floor =
        LEAST_SHARE * IntStream.range(0, at[l].length).filter(i -> at[l][i]).count() / at[l].length;
    LogisticRegression logistic = LogisticRegression.fit(controls, at[l], train, DoubleMl.PENALTY);
    for (int i : test) {
      double p = logistic.probability(controls, i);
      clipped[l][i] = p < floor;
      propensity[l][i] = Math.max(p, floor);
    }
  }

  Estimate estimate(TagContrast contrast, Outcome outcome, double level) {
    double[] y = observed.get(outcome);
    int n = y.length;
    double[] score = new double[n];
    double[] modelled = new double[n];
    double residualVariance = 0;
    double satterthwaite = 0;
    for (int l = 0; l < levels.size(); l++) {
      double weight = contrast.weight(levels.get(l));
      if (weight == 0) {
        continue;
      }
      double[] residual = new double[n];
      for (int i = 0; i < n; i++) {
        double mean = expected.get(outcome)[l][i];
        residual[i] = at[l][i] ? weight * (y[i] - mean) / propensity[l][i] : 0;
        modelled[i] += weight * mean;
        score[i] += weight * mean + residual[i];
      }
      double part = varianceOfMean(residual);
      residualVariance += part;
      satterthwaite += part * part / Math.max(1, effectiveSample(l) - 1);
    }
    double part = varianceOfMean(modelled);
    satterthwaite += part * part / (groups.size() - 1);
    double total = residualVariance + part;
    return Estimates.of(
        Arrays.stream(score).average().orElseThrow(),
        Math.sqrt(varianceOfMean(score)),
        satterthwaite > 0 ? total * total / satterthwaite : groups.size() - 1,
        level);
  }

  /** Of values whose sums over groups are independent. */
  private double varianceOfMean(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = 0;
    for (int[] rows : groups) {
      double sum = Arrays.stream(rows).mapToDouble(i -> values[i] - mean).sum();
      squares += sum * sum;
    }
    double g = groups.size();
    return squares * g / (g - 1) / values.length / values.length;
  }

  TagEffect.Overlap overlap(TagContrast contrast) {
    int level = levels.indexOf(contrast.level());
    int[] against = contrast.against().stream().mapToInt(levels::indexOf).toArray();
    double inverse = 0;
    double clippedAgainst = 0;
    for (int l : against) {
      inverse += 1 / effectiveSample(l) / against.length / against.length;
      clippedAgainst += clippedShare(l) / against.length;
    }
    int n = propensity[level].length;
    long outside =
        IntStream.range(0, n)
            .filter(
                i ->
                    Arrays.stream(against)
                        .filter(l -> l != level)
                        .mapToDouble(
                            l -> propensity[level][i] / (propensity[level][i] + propensity[l][i]))
                        .anyMatch(p -> p < OUTSIDE || p > 1 - OUTSIDE))
            .count();
    return new TagEffect.Overlap(
        effectiveSample(level),
        1 / inverse,
        outside / (double) n,
        Math.max(clippedShare(level), clippedAgainst));
  }

  private double clippedShare(int l) {
    return IntStream.range(0, clipped[l].length).filter(i -> clipped[l][i]).count()
        / (double) clipped[l].length;
  }

  /** Groups that the mean over posts at a level, weighted by inverse propensity, is worth. */
  private double effectiveSample(int l) {
    double sum = 0;
    double squares = 0;
    for (int[] rows : groups) {
      double weight =
          Arrays.stream(rows).filter(i -> at[l][i]).mapToDouble(i -> 1 / propensity[l][i]).sum();
      sum += weight;
      squares += weight * weight;
    }
    return sum * sum / squares;
  }
}
