package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Matrix;
import org.junit.jupiter.api.Test;

class XgBoostTest extends TrainerContract {
  @Override
  Trainer trainer() {
    return XgBoost.fast(1, 7);
  }

  @Test
  void thePapersSettingsAreThePapers() {
    assertThat(XgBoost.paper(1, 7).settings())
        .containsEntry("num_boost_round", "1000")
        .containsEntry("max_depth", "7")
        .containsEntry("eta", "0.1")
        .containsEntry("tree_method", "hist");
    assertThat(XgBoost.paper(1, 7).name()).isEqualTo("xgboost-paper");
  }

  @Test
  void noiseStopsEarlyAndSignalLate() {
    Data signal = Data.of(120, 6, .1, 5);
    double[] noise = Data.of(120, 6, 0, 6).target();
    assertThat(trees(signal.features(), noise, signal.groups())).isLessThan(30);
    assertThat(trees(signal.features(), signal.target(), signal.groups())).isGreaterThan(60);
  }

  private int trees(Matrix features, double[] target, int[] groups) {
    return Integer.parseInt(trainer().prepare(features, target, groups).choices().get("trees"));
  }

  @Test
  void allUnusableSettingsAreNamed() {
    assertThatThrownBy(() -> new XgBoost.Settings("bad", 0, 4, 2, 64, .2, 30, 1, 7))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("trees: found 0")
        .hasMessageContaining("learning rate: found 2.0");
  }
}
