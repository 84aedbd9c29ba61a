package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every trainer and its regressors promise. Other modules test theirs by it too. */
public abstract class TrainerContract {
  private final Data data = Data.of(80, 12, .3, 1);

  protected abstract Trainer trainer();

  Regressor train() {
    return trainer().train(data.features(), data.target(), data.groups(), RunContext.NONE);
  }

  @Test
  void twoTrainingsPredictTheSameBits() {
    assertThat(train().predict(data.features())).isEqualTo(train().predict(data.features()));
  }

  @Test
  void aRegressorThatWasReadPredictsTheSameBits() {
    Regressor trained = train();
    Regressor read = RegressorIo.read(trained.toBytes());
    assertThat(read.predict(data.features())).isEqualTo(trained.predict(data.features()));
    assertThat(read.toBytes()).isEqualTo(trained.toBytes());
  }

  @Test
  void bytesThatAreCutShortAreRefused() {
    byte[] bytes = train().toBytes();
    assertThatThrownBy(() -> RegressorIo.read(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aPredictionDoesNotDependOnTheOtherRows() {
    Regressor regressor = train();
    double[] together = regressor.predict(data.features());
    for (int row : new int[] {0, 3, 79}) {
      assertThat(regressor.predict(data.features().select(new int[] {row})))
          .containsExactly(together[row]);
    }
    assertThat(regressor.predict(data.features().select(new int[0]))).isEmpty();
  }

  @Test
  void unknownValuesGiveFinitePredictions() {
    float[] unknown = new float[data.features().columns()];
    Arrays.fill(unknown, Float.NaN);
    double[] predicted = train().predict(new Matrix(1, unknown.length, unknown));
    assertThat(predicted[0]).isFinite();
  }

  @Test
  void severalThreadsMayPredictAtOnce() {
    Regressor regressor = train();
    double[] alone = regressor.predict(data.features());
    List<double[]> together =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(i -> regressor.predict(data.features()))
            .toList();
    assertThat(together).allSatisfy(predicted -> assertThat(predicted).isEqualTo(alone));
  }

  /** A regressor says whether it can be explained, and then is: or is refused in words. */
  @Test
  void contributionsSumToThePredictionOrAreRefused() {
    Regressor regressor = train();
    if (!trainer().explains()) {
      assertThatThrownBy(() -> Explained.of(regressor))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("found one without Shapley values");
      return;
    }
    Explained explained = Explained.of(regressor);
    Explained.Contributions found = explained.contributions(data.features());
    double[] predicted = explained.predict(data.features());
    for (int i = 0; i < predicted.length; i++) {
      assertThat(found.base() + Arrays.stream(found.byColumn()[i]).sum())
          .isCloseTo(predicted[i], within(1e-5));
    }
  }

  @Test
  void otherNumbersOfColumnsAreRefused() {
    Regressor regressor = train();
    assertThatThrownBy(() -> regressor.predict(new Matrix(1, 3, new float[3])))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 3 columns; expected 12");
  }

  @Test
  void allProblemsOfTheTargetAreNamed() {
    double[] target = data.target().clone();
    target[4] = Double.NaN;
    target[9] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(
            () -> trainer().train(data.features(), target, data.groups(), RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("row 4")
        .hasMessageContaining("row 9");
  }

  @Test
  void theSubsetOfAllRowsGivesWhatTrainGives() {
    int[] all = IntStream.range(0, 80).toArray();
    Refitter refitter =
        trainer().prepare(data.features(), data.target(), data.groups(), RunContext.NONE);
    assertThat(refitter.on(all).fit(data.target(), RunContext.NONE).predict(data.features()))
        .isEqualTo(train().predict(data.features()));
  }

  @Test
  void settingsAndChoicesHaveNoEmptyValues() {
    Refitter refitter =
        trainer().prepare(data.features(), data.target(), data.groups(), RunContext.NONE);
    assertThat(trainer().settings().values()).allMatch(value -> !value.isEmpty());
    assertThat(refitter.choices().values()).allMatch(value -> !value.isEmpty());
  }
}
