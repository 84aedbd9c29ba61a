package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SelfTrainingTest {
  private static final List<String> LEVELS = List.of("red", "silver", "white");
  private static final int POSTS = 300;
  private static final int[] ALL = IntStream.range(0, POSTS).toArray();

  private static String truth(int post) {
    return LEVELS.get(post % 3);
  }

  /** Six columns, of which three show the level, each by so much, in noise of one unit. */
  private static SelfTraining pictures(double shown) {
    Random random = new Random(3);
    float[] values = new float[POSTS * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((i % 6 == (i / 6) % 3 ? shown : 0) + random.nextGaussian());
    }
    return new SelfTraining(new Matrix(POSTS, 6, values), IntStream.range(0, POSTS).toArray(), 1);
  }

  private static TagColumn labels(IntFunction<String> of) {
    return new TagColumn("colour", IntStream.range(0, POSTS).mapToObj(of).toList());
  }

  /** A seventh of the white cars stands in the shade; every ninth post has no label. */
  private static String told(int post) {
    boolean shade = truth(post).equals("white") && post % 7 == 0;
    return post % 9 == 0 ? "" : shade ? "silver" : truth(post);
  }

  private static long right(List<String> labels) {
    return IntStream.range(0, POSTS).filter(i -> labels.get(i).equals(truth(i))).count();
  }

  @Test
  void wrongLabelsAreMendedAndMissingOnesFound() {
    TagColumn start = labels(SelfTrainingTest::told);
    SelfTraining.Learned learned =
        pictures(6).from(start, ALL, LEVELS, RunContext.NONE).orElseThrow();
    List<String> wrong = new ArrayList<>();
    IntStream.range(0, POSTS)
        .filter(i -> !learned.column().values().get(i).isEmpty())
        .filter(i -> !learned.column().values().get(i).equals(truth(i)))
        .forEach(i -> wrong.add(told(i)));
    assertThat(right(start.values())).isLessThan(260);
    assertThat(right(learned.column().values())).isGreaterThan(290);
    assertThat(wrong).hasSizeLessThan(3);
    assertThat(learned.disputed()).isLessThan(.05);
  }

  @Test
  void levelsThatDoNotShowInPicturesAreNotLearned() {
    assertThat(pictures(0).from(labels(SelfTrainingTest::told), ALL, LEVELS, RunContext.NONE))
        .isEmpty();
  }

  @Test
  void aLevelThatFewPostsShowIsNotLearned() {
    TagColumn start = labels(i -> truth(i).equals("red") && i > 50 ? "" : truth(i));
    assertThat(pictures(6).from(start, ALL, LEVELS, RunContext.NONE)).isEmpty();
  }

  @Test
  void postsThatMayShowNoLevelAreNotLabelled() {
    int[] candidates = IntStream.range(0, POSTS).filter(i -> i % 5 > 0).toArray();
    TagColumn start = labels(i -> i % 5 > 0 ? told(i) : "");
    SelfTraining.Learned learned =
        pictures(6).from(start, candidates, LEVELS, RunContext.NONE).orElseThrow();
    List<String> labels = learned.column().values();
    assertThat(IntStream.range(0, POSTS).filter(i -> !labels.get(i).isEmpty()))
        .hasSizeGreaterThan(220)
        .allMatch(i -> i % 5 > 0);
  }

  @Test
  void copiesOfOnePictureAreNotLearnedFrom() {
    int[] groups = IntStream.range(0, POSTS).map(i -> Math.max(0, i - 280)).toArray();
    SelfTraining training = new SelfTraining(pictures(6).pictures(), groups, 1);
    assertThat(training.from(labels(SelfTrainingTest::told), ALL, LEVELS, RunContext.NONE))
        .isEmpty();
  }
}
