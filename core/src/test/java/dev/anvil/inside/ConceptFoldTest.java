package dev.anvil.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.extension.Nearest;
import dev.anvil.inside.ConceptFold.Folded;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.regressor.RandomForest;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.stats.Interval;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagDirection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Red is in columns 0 and 1, wood in column 2; the target is twice column 0 and nothing else. */
class ConceptFoldTest {
  private static final int ROWS = 300;
  private static final int[] GROUPS = IntStream.range(0, ROWS).toArray();
  private static final List<TagDirection> DIRECTIONS =
      List.of(
          new TagDirection(TagContrast.of("colour", "red", "blue"), new double[] {1, 1, 0, 0}),
          new TagDirection(TagContrast.of("place", "wood", "town"), new double[] {0, 0, 2, 0}));

  private static Matrix features() {
    SplittableRandom random = Seeds.random(3, "fold");
    float[] values = new float[4 * ROWS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Matrix(ROWS, 4, values);
  }

  private static double[] target(double noise, int draw) {
    Matrix x = features();
    SplittableRandom random = Seeds.random(4, "noise", draw);
    return IntStream.range(0, ROWS)
        .mapToDouble(i -> 2 * x.get(i, 0) + 1 + noise * random.nextGaussian())
        .toArray();
  }

  private static Regressor train(Trainer trainer) {
    return trainer.train(features(), target(0, 0), GROUPS, RunContext.NONE);
  }

  private static ConceptFold fold(Trainer trainer, List<TagDirection> directions) {
    return ConceptFold.of(train(trainer), refits(trainer, 0, 2), features(), directions);
  }

  private static List<RefitEnsemble> refits(Trainer trainer, double noise, int count) {
    RefitDesign design =
        RefitDesign.prepare(
            trainer,
            features(),
            target(0, 0),
            GROUPS,
            GROUPS,
            new RefitDesign.Plan(1, 5, 0, 1),
            RunContext.NONE);
    return IntStream.range(0, count)
        .mapToObj(draw -> design.fit(target(noise, draw), RunContext.NONE))
        .toList();
  }

  /** By algebra: the standard error of a slope on 300 rows with noise 1 is 1 / sqrt(300) / sd. */
  @Test
  void intervalsAreThoseOfModelsWithAnotherLuck() {
    Matrix x = features();
    Trainer ridge = Ridge.of(1e-6);
    Interval step =
        ConceptFold.of(train(ridge), refits(ridge, 1, 60), x, DIRECTIONS).steps().get(1).size();
    double expected = 2 / Math.sqrt(ROWS) / sd(x, 2);
    assertThat(step.width() / 4).isCloseTo(expected, within(.3 * expected));
    assertThat(step.contains(0)).isTrue();
  }

  @Test
  void aLinearRegressorIsRecoveredExactly() {
    Matrix x = features();
    ConceptFold fold = fold(Ridge.of(1e-6), DIRECTIONS);
    List<Folded> folded = fold.fold(x);

    Folded first = folded.get(0);
    assertThat(first.parts().get(0).step().size().point()).isCloseTo(2, within(1e-4));
    assertThat(first.parts().get(1).step().size().point()).isCloseTo(0, within(1e-4));
    assertThat(first.base())
        .isCloseTo(
            folded.stream().mapToDouble(Folded::prediction).average().orElseThrow(), within(1e-5));
    // directions are orthogonal: the amount of red is what both of its columns say on average
    double sd0 = sd(x, 0);
    double sd1 = sd(x, 1);
    double z0 = (x.get(0, 0) - mean(x, 0)) / sd0;
    double z1 = (x.get(0, 1) - mean(x, 1)) / sd1;
    double expected = (z0 / sd0 + z1 / sd1) / (1 / sd0 / sd0 + 1 / sd1 / sd1);
    assertThat(first.parts().get(0).amount()).isCloseTo(expected, within(1e-5));
    assertThat(first.parts().get(0).contribution()).isCloseTo(2 * expected, within(1e-3));
  }

  private static double mean(Matrix x, int column) {
    return IntStream.range(0, ROWS).mapToDouble(i -> x.get(i, column)).average().orElseThrow();
  }

  private static double sd(Matrix x, int column) {
    double mean = mean(x, column);
    return Math.sqrt(
        IntStream.range(0, ROWS)
            .mapToDouble(i -> Math.pow(x.get(i, column) - mean, 2))
            .average()
            .orElseThrow());
  }

  @Test
  void treesAreRecoveredAsFarAsTheyAreStraightAndEverythingSumsToThePrediction() {
    Matrix x = features();
    for (Trainer trainer :
        List.of(XgBoost.fast(1, 5), new RandomForest(50, 6, 3, .63, .5, 1, 5), Ridge.of(10))) {
      Regressor regressor = train(trainer);
      List<Folded> folded = fold(trainer, DIRECTIONS).fold(x);
      double[] predicted = regressor.predict(x);
      for (int i = 0; i < ROWS; i++) {
        Folded one = folded.get(i);
        double parts = one.parts().stream().mapToDouble(ConceptFold.Part::contribution).sum();
        assertThat(one.prediction()).isCloseTo(predicted[i], within(1e-4));
        assertThat(one.base() + parts + one.rest()).isCloseTo(predicted[i], within(1e-4));
      }
      assertThat(folded.get(0).parts().get(0).step().size().point())
          .as(trainer.name())
          .isBetween(1.0, 2.2);
      assertThat(Math.abs(folded.get(0).parts().get(1).step().size().point())).isLessThan(.1);
    }
  }

  /** Two levels against their average point opposite ways. */
  @Test
  void directionsThatRepeatEachOtherShareAndStayFinite() {
    List<TagDirection> both =
        List.of(
            new TagDirection(
                new TagContrast("colour", "red", List.of("red", "blue")),
                new double[] {.5, .5, 0, 0}),
            new TagDirection(
                new TagContrast("colour", "blue", List.of("red", "blue")),
                new double[] {-.5, -.5, 1e-17, 0}));
    Matrix x = features();
    Trainer ridge = Ridge.of(1e-6);
    Folded shared = fold(ridge, both).fold(x).get(0);
    Folded single = fold(ridge, DIRECTIONS).fold(x).get(0);
    assertThat(shared.parts().get(0).contribution() + shared.parts().get(1).contribution())
        .isCloseTo(single.parts().get(0).contribution(), within(1e-6));
    assertThat(shared.parts().get(0).step().size().point()).isCloseTo(1, within(1e-4));
  }

  @Test
  void whatHasNoShapleyValuesIsRefused() {
    assertThatThrownBy(() -> fold(new Nearest(), DIRECTIONS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found one without Shapley values");
    assertThatThrownBy(() -> fold(Ridge.of(1), List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("concepts: found none");
  }
}
