package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import org.junit.jupiter.api.Test;

class BlendTest extends TrainerContract {
  @Override
  protected Trainer trainer() {
    return Blend.ridgeAndTrees(1, 7);
  }

  @Test
  void theBetterOneGetsTheWeight() {
    Data linear = Data.of(120, 6, .1, 8);
    Blend blend = new Blend(Ridge.chosen(), new MeanOnly(), 1);
    Refitter refitter =
        blend.prepare(linear.features(), linear.target(), linear.groups(), RunContext.NONE);
    assertThat(Double.parseDouble(refitter.choices().get("weight.ridge"))).isGreaterThan(.9);
  }
}
