package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.split.Groups;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected numbers: scikit-learn 1.9.1, Ridge(alpha=2) on columns standardised over all rows. */
class RidgeTest extends TrainerContract {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final int ROWS = 12;
  private static final int[] SUBSET = {0, 1, 2, 3, 7, 8, 9, 10, 11};

  @Override
  protected Trainer trainer() {
    return Ridge.chosen();
  }

  private static Matrix features(int from, int to, int columns) {
    float[] values = new float[(to - from) * columns];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < columns; k++) {
        values[(i - from) * columns + k] = (float) Math.sin(1 + i * 7.0 + k * 3.0 * (1 + k));
      }
    }
    return new Matrix(to - from, columns, values);
  }

  private static double[] target(Matrix features) {
    return IntStream.range(0, features.rows())
        .mapToDouble(i -> Math.cos(2 + i * 5.0) + .3 * features.get(i, 0) - .5 * features.get(i, 1))
        .toArray();
  }

  /** Left-out errors, scaled by the roots of the weights, are those of fits without the group. */
  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void weightedErrorsOfGroupsLeftOutAreThoseOfFitsWithoutThem(int columns) {
    double[] weights = IntStream.range(0, ROWS).mapToDouble(i -> .2 + i % 4).toArray();
    Matrix features = features(0, ROWS, columns).withWeights(weights);
    double[] target = target(features);
    int[] groups = {0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 7};
    RidgeSystem system = new RidgeSystem(features, RunContext.NONE);
    double[] errors =
        system.leaveGroupsOut(target, RunContext.NONE).errors(2, Groups.members(groups).values());
    Refitter refitter = Ridge.of(2).prepare(features, target, groups, RunContext.NONE);
    for (int[] group : Groups.members(groups).values()) {
      int[] rest =
          IntStream.range(0, ROWS)
              .filter(i -> Arrays.stream(group).noneMatch(g -> g == i))
              .toArray();
      double[] predicted =
          refitter
              .on(rest)
              .fit(Training.select(target, rest), RunContext.NONE)
              .predict(features.select(group));
      for (int k = 0; k < group.length; k++) {
        assertThat(errors[group[k]])
            .isCloseTo(
                Math.sqrt(weights[group[k]]) * (target[group[k]] - predicted[k]), within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void aRowOfNearlyNoWeightHasNoSay(int columns) {
    double[] weights = IntStream.range(0, ROWS).mapToDouble(i -> i == 5 ? 1e-9 : 1).toArray();
    Matrix features = features(0, ROWS, columns).withWeights(weights);
    double[] target = target(features);
    double[] before = weighted(features, target);
    target[5] = 1000;
    double[] after = weighted(features, target);
    for (int i = 0; i < ROWS; i++) {
      assertThat(after[i]).isCloseTo(before[i], within(1e-3));
    }
  }

  private static double[] weighted(Matrix features, double[] target) {
    return Ridge.of(2)
        .prepare(features, target, all(), RunContext.NONE)
        .on(all())
        .fit(target, RunContext.NONE)
        .predict(features);
  }

  private static int[] all() {
    return IntStream.range(0, ROWS).toArray();
  }

  private static double[] fitted(int columns, int[] rows) {
    Matrix features = features(0, ROWS, columns);
    double[] target = target(features);
    Refitter refitter = Ridge.of(2).prepare(features, target, all(), RunContext.NONE);
    double[] chosen = Arrays.stream(rows).mapToDouble(i -> target[i]).toArray();
    return refitter
        .on(rows)
        .fit(chosen, RunContext.NONE)
        .predict(features(ROWS, ROWS + 3, columns));
  }

  @Test
  void moreRowsThanColumnsAgreesWithScikitLearn() {
    assertThat(fitted(5, all()))
        .containsExactly(
            new double[] {-0.034314340979521324, 0.09656145067107948, 0.19939050597014457}, CLOSE);
  }

  @Test
  void moreColumnsThanRowsAgreesWithScikitLearn() {
    assertThat(fitted(30, all()))
        .containsExactly(
            new double[] {-0.03882493590207311, 0.09791381896656544, 0.20668781604864833}, CLOSE);
  }

  @Test
  void aValueFarOutsideWhatWasLearnedFromCountsNoFurtherThanSixDeviations() {
    Matrix features = features(0, ROWS, 5);
    Regressor regressor = Ridge.of(2).train(features, target(features), all(), RunContext.NONE);
    float[] at = new float[5];
    double spread = 0;
    for (int i = 0; i < ROWS; i++) {
      at[0] += features.get(i, 0) / ROWS;
    }
    for (int i = 0; i < ROWS; i++) {
      spread += Math.pow(features.get(i, 0) - at[0], 2) / ROWS;
    }
    float mean = at[0];
    double[] predicted = new double[4];
    float[] out = {0, 3, 6, 1000};
    for (int i = 0; i < out.length; i++) {
      at[0] = (float) (mean + out[i] * Math.sqrt(spread));
      predicted[i] = regressor.predict(new Matrix(1, 5, at.clone()))[0];
    }
    assertThat(predicted[2] - predicted[0])
        .isCloseTo(2 * (predicted[1] - predicted[0]), within(1e-5));
    assertThat(predicted[3]).isCloseTo(predicted[2], within(1e-5));
  }

  @Test
  void subsetsAgreeWithScikitLearn() {
    assertThat(fitted(5, SUBSET))
        .containsExactly(
            new double[] {0.5307442535496553, 0.7803585927109602, 0.7869537513839957}, CLOSE);
    assertThat(fitted(30, SUBSET))
        .containsExactly(
            new double[] {0.621007176635034, 0.9145327531409069, 0.9229424253728244}, CLOSE);
  }

  @Test
  void errorsWithGroupsLeftOutAgreeWithScikitLearnRefits() {
    int[] groups = IntStream.range(0, ROWS).map(i -> i / 3).toArray();
    assertThat(leftOut(5, groups))
        .containsExactly(
            new double[] {
              -0.3061445571089438, 0.9790300960459166, 1.1051535544252304,
              -1.581939098665629, -2.6412509552501504, -1.792878217750622,
              2.0597408288639434, 1.9694967388729774, 0.41669069853152574,
              -1.2997426247200283, -0.3634746064929718, 0.8635519843127117
            },
            CLOSE);
    assertThat(leftOut(30, groups))
        .containsExactly(
            new double[] {
              -0.3074728134789329, 0.9963134973871888, 1.1321885363136768,
              -1.7961443761460174, -2.916652970784306, -2.0357299053719897,
              2.1978238042031313, 2.1280765254467338, 0.5415647439440622,
              -1.3133294285917703, -0.355634980322106, 0.8892808071300531
            },
            CLOSE);
  }

  private static double[] leftOut(int columns, int[] groups) {
    Matrix features = features(0, ROWS, columns);
    return new RidgeSystem(features, RunContext.NONE)
        .leaveGroupsOut(target(features), RunContext.NONE)
        .errors(2, Groups.members(groups).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30})
  void errorsWithOnePostLeftOutEqualRefitsWithoutIt(int columns) {
    Matrix features = features(0, ROWS, columns);
    double[] target = target(features);
    double[] errors = leftOut(columns, all());
    Refitter refitter = Ridge.of(2).prepare(features, target, all(), RunContext.NONE);
    for (int left = 0; left < ROWS; left++) {
      int out = left;
      int[] others = IntStream.range(0, ROWS).filter(i -> i != out).toArray();
      double[] known = Arrays.stream(others).mapToDouble(i -> target[i]).toArray();
      double predicted =
          refitter
              .on(others)
              .fit(known, RunContext.NONE)
              .predict(features.select(new int[] {left}))[0];
      assertThat(errors[left]).isCloseTo(target[left] - predicted, within(1e-9));
    }
  }

  @Test
  void noiseGetsALargePenaltyAndSignalASmallOne() {
    Data signal = Data.of(60, 100, .01, 3);
    double[] noise = Data.of(60, 100, 0, 4).target();
    assertThat(penalty(signal.features(), noise, signal.groups()))
        .isGreaterThan(10 * penalty(signal.features(), signal.target(), signal.groups()));
  }

  private static double penalty(Matrix features, double[] target, int[] groups) {
    Refitter refitter = Ridge.chosen().prepare(features, target, groups, RunContext.NONE);
    return Double.parseDouble(refitter.choices().get("penalty"));
  }

  @Test
  void rowsWithoutAnElementDoNotExplode() {
    Data data = Data.of(60, 40, .3, 5);
    float[] values = data.features().values().clone();
    for (int i = 0; i < 60; i += 3) {
      Arrays.fill(values, i * 40 + 20, i * 40 + 40, Float.NaN);
    }
    Matrix features = new Matrix(60, 40, values);
    double[] predicted =
        Ridge.chosen()
            .train(features, data.target(), data.groups(), RunContext.NONE)
            .predict(features);
    double largest = Arrays.stream(data.target()).map(Math::abs).max().orElseThrow();
    assertThat(Arrays.stream(predicted).map(Math::abs).max().orElseThrow())
        .isLessThan(1.5 * largest);
  }

  @Test
  void constantColumnsHaveNoSay() {
    Data data = Data.of(30, 6, .3, 6);
    float[] values = data.features().values().clone();
    for (int i = 0; i < 30; i++) {
      values[i * 6 + 5] = .1f;
    }
    Regressor regressor =
        Ridge.chosen()
            .train(new Matrix(30, 6, values), data.target(), data.groups(), RunContext.NONE);
    float[] moved = Arrays.copyOf(values, 6);
    moved[5] = 1e6f;
    assertThat(regressor.predict(new Matrix(1, 6, moved)))
        .isEqualTo(regressor.predict(new Matrix(1, 6, Arrays.copyOf(values, 6))));
  }

  @Test
  void oneGroupAloneCannotChooseAPenalty() {
    Data data = Data.of(10, 3, .3, 1);
    assertThatThrownBy(
            () ->
                Ridge.chosen().train(data.features(), data.target(), new int[10], RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 1; expected at least 2");
  }
}
