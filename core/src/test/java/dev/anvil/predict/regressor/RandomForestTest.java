package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.matrix.Reference;
import org.junit.jupiter.api.Test;

class RandomForestTest extends TrainerContract {
  @Override
  protected Trainer trainer() {
    return new RandomForest(20, 6, 3, .63, .5, 1, 7);
  }

  /** Against scikit-learn 1.9.1: DecisionTreeRegressor(max_depth=2, min_samples_leaf=2). */
  @Test
  void treesThatSeeEverythingAreOneRegressionTree() {
    Matrix features = Reference.features();
    Regressor forest =
        new RandomForest(5, 2, 2, 1, 1, 1, 7)
            .train(features, Reference.target(), new int[features.rows()], RunContext.NONE);

    double[] predicted = forest.predict(features);

    double middle = -.15128571428571427;
    double[] expected = {
      .482, .482, 1.4692, middle, .094, middle, 1.4692, middle, middle, 1.4692, middle, 1.4692,
      middle, .094, middle, 1.4692
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(predicted[i]).as("row " + i).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void allUnusableSettingsAreNamed() {
    assertThatThrownBy(() -> new RandomForest(0, 2, 2, 2, .1, 1, 7))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("trees: found 0")
        .hasMessageContaining("row share: found 2.0");
  }
}
