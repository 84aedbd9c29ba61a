package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.predict.matrix.Matrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  private static final int[] ALL = IntStream.range(0, 60).toArray();

  /** Against scikit-learn 1.9.1, LogisticRegression(C=1, tol=1e-12). */
  @Test
  void probabilitiesAreThoseOfScikitLearn() {
    TaggedPosts posts = ReferencePosts.single();
    Matrix controls = Coding.of(posts, c -> c.name().equals("place")).matrix();
    boolean[] red = new boolean[60];
    IntStream.range(0, 60)
        .forEach(i -> red[i] = posts.columns().get(0).values().get(i).equals("red"));

    LogisticRegression fit = LogisticRegression.fit(controls, red, ALL, 1);

    double[] expected = {.8650397171956797, .35512536528063665, .65626305663199, .538902141898254};
    for (int i = 0; i < expected.length; i++) {
      assertThat(fit.probability(controls, i)).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void separatedAndOneSidedAnswersStayFinite() {
    Matrix x = new Matrix(4, 1, new float[] {-1000, -1, 1, 1000});
    int[] rows = {0, 1, 2, 3};
    LogisticRegression separated =
        LogisticRegression.fit(x, new boolean[] {false, false, true, true}, rows, 1e-4);
    assertThat(separated.probability(x, 0)).isLessThan(1e-6);
    assertThat(separated.probability(x, 3)).isGreaterThan(1 - 1e-6);
    LogisticRegression none = LogisticRegression.fit(x, new boolean[4], rows, 1);
    assertThat(none.probability(x, 2)).isCloseTo(.1, within(1e-12));
  }
}
