package dev.anvil.lab.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Reference;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.TrainerContract;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MlpTest extends TrainerContract {
  @Override
  protected Trainer trainer() {
    return new Mlp(8, 40, 8, .001, 1, 7);
  }

  /**
   * Against scikit-learn 1.9.1: MLPRegressor(hidden_layer_sizes=(3,), alpha=.5, batch_size=16,
   * shuffle=False, learning_rate_init=.05) from these weights.
   */
  @Test
  void adamTakesTheStepsOfScikitLearn() {
    double[] start = {.54, -.416, -.99, -.654, .284, .96, .1, -.2, .3, .841, .909, .141, 0};
    MlpNetwork network = new MlpNetwork(2, 3, start.clone());
    MlpNetwork.Adam adam = new MlpNetwork.Adam(network, .05, .5);
    float[] values = Reference.features().values();
    double[] x = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    int[] rows = IntStream.range(0, 16).toArray();

    adam.step(x, Reference.target(), rows);
    assertOutputs(
        network, x, .09147234620817465, .706268502117144, .9854914963570557, .07421706830480329);
    for (int step = 1; step < 7; step++) {
      adam.step(x, Reference.target(), rows);
    }
    assertOutputs(
        network, x, .001500340862883115, .5852870517243647, .9909853633480501, .19162858013249046);
  }

  private static void assertOutputs(MlpNetwork network, double[] x, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(network.output(x, i, new double[3])).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  void signalIsLearntAndNoiseStopsEarly() {
    Data signal = Data.of(200, 6, .1, 5);
    double[] noise = Data.of(200, 6, 0, 6).target();
    assertThat(passes(signal, noise)).isLessThan(passes(signal, signal.target()));
  }

  private static int passes(Data data, double[] target) {
    Refitter refitter =
        new Mlp(8, 400, 8, .001, 1, 7)
            .prepare(data.features(), target, data.groups(), RunContext.NONE);
    return Integer.parseInt(refitter.choices().get("passes"));
  }

  @Test
  void unusableSettingsAreRefused() {
    assertThatThrownBy(() -> new Mlp(0, 1, 1, .1, 1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 0 hidden units");
  }
}
