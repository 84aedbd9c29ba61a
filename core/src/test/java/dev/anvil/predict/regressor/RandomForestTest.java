package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.CancelledException;
import dev.anvil.CountedChecks;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.matrix.Reference;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Numbers of forests that were fitted before trees grew one by one stay as they are. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void treesGrownOneByOneAreTheForestOfOneRound(boolean weighted) throws XGBoostError {
    Data data = Data.of(300, 40, .3, 5);
    Matrix features = weighted ? data.features().withWeights(weights(300)) : data.features();
    RandomForest forest = new RandomForest(50, 10, 3, .63, .1, 1, 7);
    Map<String, Object> parameters = new TreeMap<>(forest.settings());
    parameters.remove("num_boost_round");
    parameters.put("num_parallel_tree", forest.trees());
    parameters.put("eta", 1);

    Regressor oneByOne = forest.train(features, data.target(), data.groups(), RunContext.NONE);

    try (XgBoost.Labelled training = new XgBoost.Labelled(features, data.target())) {
      Booster round = XGBoost.train(training.matrix(), parameters, 1, Map.of(), null, null);
      double[] expected = BoostedTrees.of(round.toByteArray("ubj"), 40).predict(features);
      assertThat(oneByOne.predict(features)).isEqualTo(expected);
      round.dispose();
    }
  }

  private static double[] weights(int rows) {
    return IntStream.range(0, rows).mapToDouble(i -> .5 + i % 3 * .5).toArray();
  }

  @Test
  void aForestStopsWithinOneTree() {
    Data data = Data.of(80, 12, .3, 1);
    Refitter.Subset fit =
        trainer()
            .prepare(data.features(), data.target(), data.groups(), RunContext.NONE)
            .on(IntStream.range(0, 80).toArray());

    assertThat(CountedChecks.of(context -> fit.fit(data.target(), context)).checks())
        .isGreaterThanOrEqualTo(20);
    for (int nth : new int[] {1, 10, 20}) {
      CountedChecks stopped =
          CountedChecks.stopping(nth, context -> fit.fit(data.target(), context));
      assertThat(stopped.thrown()).get().isInstanceOf(CancelledException.class);
      assertThat(stopped.checks()).isEqualTo(nth);
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
