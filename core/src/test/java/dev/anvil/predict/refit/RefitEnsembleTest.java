package dev.anvil.predict.refit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.CancelAfter;
import dev.anvil.CancelledException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Blend;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefitEnsembleTest {
  private static final int ROWS = 60;
  private static final RefitDesign.Plan PLAN = new RefitDesign.Plan(2, 3, 0, 5);

  /** Rows 0 to 9, groups 0 to 4, are the ramp-up. */
  private static final int[] FIT_ROWS = IntStream.range(10, ROWS).toArray();

  private final Data data = Data.of(ROWS, 8, .3, 3);

  private RefitDesign design(Trainer trainer, double[] target) {
    return RefitDesign.prepare(
        trainer, data.features(), target, data.groups(), FIT_ROWS, PLAN, RunContext.NONE);
  }

  @Test
  void eachGroupIsUnseenByOneRefitOfEveryRepeatAndTheRampUpByAll() {
    RefitEnsemble ensemble =
        design(Ridge.chosen(), data.target()).fit(data.target(), RunContext.NONE);
    assertThat(ensemble.size()).isEqualTo(6);
    for (int group = 0; group < 30; group++) {
      assertThat(ensemble.unseenBy(group)).hasSize(group < 5 ? 6 : 2);
    }
    assertThat(ensemble.unseenBy(1234)).hasSize(6);
  }

  @Test
  void refitsCanBeStopped() {
    RefitDesign design = design(Ridge.chosen(), data.target());
    assertThatThrownBy(() -> design.fit(data.target(), CancelAfter.steps(3)))
        .isInstanceOf(CancelledException.class);
    assertThat(design.fit(data.target(), RunContext.NONE).size()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 100})
  void aRefitThatDidNotSeeAGroupDoesNotChangeWithItsTarget(int columns) {
    Data wide = Data.of(ROWS, columns, .3, 3);
    RefitDesign design =
        RefitDesign.prepare(
            Ridge.of(5),
            wide.features(),
            wide.target(),
            wide.groups(),
            FIT_ROWS,
            PLAN,
            RunContext.NONE);
    double[] changed = wide.target().clone();
    changed[20] += 100;
    changed[21] -= 70;
    RefitEnsemble before = design.fit(wide.target(), RunContext.NONE);
    RefitEnsemble after = design.fit(changed, RunContext.NONE);
    for (int refit = 0; refit < before.size(); refit++) {
      double[] a = before.predict(refit, wide.features());
      double[] b = after.predict(refit, wide.features());
      if (before.saw(refit, 10)) {
        assertThat(b).isNotEqualTo(a);
      } else {
        assertThat(b).isEqualTo(a);
      }
    }
  }

  @Test
  void targetsOfRowsLeftOutOfFittingMayBeUnknown() {
    double[] target = data.target().clone();
    Arrays.fill(target, 0, 10, Double.NaN);
    RefitEnsemble ensemble = design(Ridge.chosen(), target).fit(target, RunContext.NONE);
    assertThat(ensemble.predict(0, data.features())).doesNotContain(Double.NaN);
  }

  @Test
  void aRefitEqualsTrainingOnItsRowsAlone() {
    Matrix features = data.features();
    RefitDesign design = design(XgBoost.fast(1, 9), data.target());
    RefitEnsemble ensemble = design.fit(data.target(), RunContext.NONE);
    int trees = Integer.parseInt(design.choices().get("trees"));
    int[] rows =
        Arrays.stream(FIT_ROWS).filter(row -> ensemble.saw(0, data.groups()[row])).toArray();
    Trainer fixed = new XgBoost(new XgBoost.Settings("fixed", trees, 4, .05, 64, .2, 0, 1, 9));
    Regressor alone =
        fixed.train(
            features.select(rows),
            Arrays.stream(rows).mapToDouble(row -> data.target()[row]).toArray(),
            rows,
            RunContext.NONE);
    assertThat(ensemble.predict(0, features)).isEqualTo(alone.predict(features));
  }

  @Test
  void ridgeEnsemblesAreLinearInTheTarget() {
    RefitDesign design = design(Ridge.of(3), data.target());
    double[] plant = new double[ROWS];
    Arrays.fill(plant, 20, 30, 1);
    double[] sum =
        IntStream.range(0, ROWS).mapToDouble(i -> data.target()[i] + 2 * plant[i]).toArray();
    double[] base = design.fit(data.target(), RunContext.NONE).predict(4, data.features());
    double[] effect = design.fit(plant, RunContext.NONE).predict(4, data.features());
    double[] boosted = design.fit(sum, RunContext.NONE).predict(4, data.features());
    for (int i = 0; i < ROWS; i++) {
      assertThat(boosted[i]).isCloseTo(base[i] + 2 * effect[i], within(1e-10));
    }
  }

  @Test
  void anEnsembleThatWasReadIsEqual() {
    RefitEnsemble ensemble =
        design(Blend.ridgeAndTrees(1, 2), data.target()).fit(data.target(), RunContext.NONE);
    RefitEnsemble read = RefitEnsemble.read(ensemble.toBytes());
    for (int refit = 0; refit < ensemble.size(); refit++) {
      assertThat(read.predict(refit, data.features()))
          .isEqualTo(ensemble.predict(refit, data.features()));
      assertThat(read.saw(refit, 12)).isEqualTo(ensemble.saw(refit, 12));
    }
    assertThat(read.toBytes()).isEqualTo(ensemble.toBytes());
    byte[] bytes = ensemble.toBytes();
    assertThatThrownBy(() -> RefitEnsemble.read(Arrays.copyOf(bytes, bytes.length / 2)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void fewerGroupsThanFoldsAreRefused() {
    assertThatThrownBy(
            () ->
                RefitDesign.prepare(
                    Ridge.of(1),
                    data.features(),
                    data.target(),
                    IntStream.range(0, ROWS).map(i -> i % 2).toArray(),
                    FIT_ROWS,
                    PLAN,
                    RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 2; expected at least 3");
  }
}
