package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion.Labelled;
import dev.anvil.tags.TagColumn;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InferredLabelsTest {
  private static final List<Post> POSTS =
      IntStream.range(0, 40)
          .mapToObj(
              i ->
                  new Post(
                      "p" + i,
                      "c" + i,
                      Path.of("p.png"),
                      LocalDateTime.of(2024, 1, 1, 12, 0),
                      Map.of(),
                      Map.of()))
          .toList();

  private static Factor factor(String... levels) {
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    List.of(levels).forEach(level -> byName.put(level, Map.of()));
    return new Factor(
        "colour",
        "Colour",
        "{level} cars",
        List.of("car"),
        Optional.empty(),
        "recolor",
        StudySpec.AVERAGE,
        1,
        byName,
        Map.of());
  }

  private static final Factor COLOUR = factor("red", "blue");

  /** Pictures that all look alike. */
  private static final SelfTraining UNLEARNABLE =
      new SelfTraining(
          new Matrix(POSTS.size(), 1, new float[POSTS.size()]),
          IntStream.range(0, POSTS.size()).toArray(),
          1);

  /** Every second post is red. */
  private static String level(int post) {
    return post % 2 == 0 ? "red" : "blue";
  }

  private static LevelClassifier.Found classified(double accuracy) {
    return new LevelClassifier.Found(
        new TagColumn(
            "colour",
            IntStream.range(0, POSTS.size()).mapToObj(InferredLabelsTest::level).toList()),
        accuracy,
        2);
  }

  private static RuleLabels rules(boolean stated, Labelled... variants) {
    return new RuleLabels(
        IntStream.range(0, POSTS.size())
            .boxed()
            .collect(Collectors.toMap(i -> "p" + i, i -> i < 10 ? "red" : level(i))),
        List.of(variants),
        stated);
  }

  /** The levels of so many posts. */
  private static Map<String, String> known(int posts) {
    Map<String, String> known = new HashMap<>();
    IntStream.range(0, posts).forEach(i -> known.put("p" + i, level(i)));
    return known;
  }

  private static OptionalDouble kept(
      Factor factor, Optional<RuleLabels> rules, double accuracy, Map<String, String> known) {
    return infer(factor, rules, accuracy, known).kept();
  }

  private static InferredLabels infer(
      Factor factor, Optional<RuleLabels> rules, double accuracy, Map<String, String> known) {
    return InferredLabels.of(
            factor, POSTS, rules, classified(accuracy), UNLEARNABLE, known, RunContext.NONE)
        .orElseThrow();
  }

  @Test
  void sayHowManyPostsTheVariantsRecognise() {
    // rules call the first ten posts red, of which five are
    assertThat(infer(COLOUR, Optional.of(rules(false)), .9, Map.of()).recognised())
        .hasValue(35 / 40.0);
    assertThat(infer(COLOUR, Optional.of(rules(false)), .9, known(10)).recognised()).hasValue(1);
    assertThat(infer(COLOUR, Optional.empty(), .9, known(4)).recognised()).hasValue(1);
    assertThat(infer(COLOUR, Optional.empty(), .9, Map.of()).recognised()).isEmpty();
  }

  @Test
  void labelsOfAClassifierKeepWhatItsErrorsLeave() {
    assertThat(kept(COLOUR, Optional.empty(), .9, Map.of())).hasValue(.8);
    assertThat(kept(COLOUR, Optional.empty(), 1, Map.of())).hasValue(1);
  }

  @Test
  void rulesThatNobodyCheckedHaveNoMeasuredError() {
    assertThat(kept(COLOUR, Optional.of(rules(false)), .5, Map.of())).isEmpty();
  }

  @Test
  void rulesCheckedOnVariantsHaveAMeasuredError() {
    RuleLabels checked =
        rules(false, new Labelled("red", "red", 0), new Labelled("blue", "blue", 0));
    assertThat(kept(COLOUR, Optional.of(checked), .5, Map.of())).hasValue(1);
  }

  @Test
  void aColumnThatStatesTheLevelIsKnown() {
    assertThat(kept(COLOUR, Optional.of(rules(true)), .5, Map.of())).hasValue(1);
    assertThat(kept(COLOUR, Optional.of(rules(true)), .9, Map.of())).hasValue(1);
  }

  @Test
  void allErrorsOfAClassifierMayBeAmongPostsOnWhichRulesAgree() {
    // 35 of 40 agree; (1 - .9) / (35 / 40) of them may be wrong
    assertThat(kept(COLOUR, Optional.of(rules(false)), .9, Map.of()).orElseThrow())
        .isEqualTo(1 - .1 / (35 / 40.0) / .5, offset(1e-12));
  }

  @Test
  void knownLabelsMeasureTheErrorOfTheOthersOnceTenOfEachLabelWereLookedAt() {
    assertThat(kept(COLOUR, Optional.of(rules(false)), .5, known(20))).isEmpty();
    assertThat(kept(COLOUR, Optional.of(rules(false)), .5, known(30))).hasValue(1);
    assertThat(kept(COLOUR, Optional.of(rules(false)), .5, known(POSTS.size()))).hasValue(1);
  }

  @Test
  void knownLabelsAloneAreEnoughWhereSeveralLevelsAreCompared() {
    assertThat(kept(COLOUR, Optional.empty(), .5, known(20))).hasValue(1);
  }

  @Test
  void postsWithoutALabelMayShowTheOnlyLevel() {
    Factor single = factor("red");
    assertThat(kept(single, Optional.empty(), .5, Collections.singletonMap("p0", "red"))).isEmpty();
  }
}
