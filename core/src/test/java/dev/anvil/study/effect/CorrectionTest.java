package dev.anvil.study.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.Confusion.Labelled;
import dev.anvil.tags.Confusion.PartlyKnown;
import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorrectionTest {
  private static final int POSTS = 400;
  private static final int[] ROWS = IntStream.range(0, POSTS).toArray();

  private final StudySpec study =
      StudyFile.parse(
          """
          anvil: study/1
          factors:
            person:
              element: car
              editor: recolor
              levels:
                left: {labels: {where: {person: left}}}
                right: {labels: {where: {person: right}}}
            removal:
              element: person
              editor: remove
              levels:
                nobody: {labels: {without: person}}
          """,
          "study.yaml");

  private final Factor person = study.factors().get(0);
  private final Factor removal = study.factors().get(1);

  /** Left is worth .5, right -.3, nobody nothing. */
  private final String[] where = new String[POSTS];

  private final double[] residuals = new double[POSTS];
  private double[] weights = new double[0];

  CorrectionTest() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < POSTS; i++) {
      where[i] = List.of("left", "right", "").get(random.nextInt(3));
      double worth = where[i].equals("left") ? .5 : where[i].equals("right") ? -.3 : 0;
      residuals[i] = worth + .2 * (random.nextDouble() - .5);
    }
  }

  @Test
  void aRemovalBesideAnInsertionDoesNotSwitchOffItsCorrection() {
    Correction correction =
        correct(
            List.of(
                column("person", i -> where[i]),
                column("removal", i -> where[i].isEmpty() ? "nobody" : "")));
    assertThat(correction.factors()).containsExactly("person", "removal");
    assertThat(correction.notes())
        .containsExactly(
            "The labels of removal and person say almost the same of the posts. The effects of"
                + " removal are corrected without controlling for person.");
  }

  @Test
  void aSingleLevelIsCorrectedAgainstPostsThatDoNotShowIt() {
    TagColumn column = column("removal", i -> where[i].isEmpty() ? "nobody" : "");
    Map<String, Double> shifts =
        Correction.shifts(
            removal, column, Map.of(), TaggedPosts.of(residuals, List.of(column), ROWS, ROWS));
    assertThat(shifts.get("nobody")).isCloseTo(-.1, within(.1));
    assertThat(shifts).containsOnlyKeys("nobody");
  }

  @Test
  void postsThatShowNoLevelOfTheStudyDoNotMoveItsScores() {
    for (int i = 0; i < POSTS; i++) {
      residuals[i] += where[i].isEmpty() ? 20 : 0;
    }
    List<PartlyKnown> posts =
        IntStream.range(0, POSTS)
            .mapToObj(
                i ->
                    new PartlyKnown(
                        where[i], i % 3 == 0 ? Optional.of(where[i]) : Optional.empty()))
            .toList();
    TagColumn column = column("person", i -> where[i]);
    Map<String, Double> shifts =
        Correction.shifts(
            person,
            column,
            Map.of("person", Confusion.counted(List.of("left", "right"), posts)),
            TaggedPosts.of(residuals, List.of(column), ROWS, ROWS));
    assertThat(shifts.get("left")).isCloseTo(.4, within(.05));
    assertThat(shifts.get("right")).isCloseTo(-.4, within(.05));
  }

  /** A segmenter that finds nobody on the right, as it was looked at with so many people there. */
  private static Confusion blind(int people) {
    List<Labelled> known = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      known.add(new Labelled("left", "left", i));
      known.add(new Labelled("right", i < people ? "left" : "right", i));
    }
    return Confusion.of(List.of("left", "right"), known, List.of("left", "right", "right"));
  }

  @Test
  void countsDecideWhetherLabelsTellLevelsApartAndResamplesFollow() {
    List<TagColumn> tags = List.of(column("person", i -> where[i]));
    LabelErrors never = LabelErrors.of(Map.of("person", blind(40)));
    assertThat(correct(tags, never).factors()).isEmpty();
    assertThat(correct(tags, never).notes().get(0)).contains("posts do not tell its levels apart");

    LabelErrors seldom = LabelErrors.of(Map.of("person", blind(4)));
    assertThat(correct(tags, seldom).factors()).containsExactly("person");
    LabelErrors unlucky = new LabelErrors(seldom.counted(), never.counted());
    assertThat(correct(tags, unlucky).factors()).containsExactly("person");
  }

  @Test
  void levelsThatPostsDoNotTellAreNamedWithTheEditThatMendsIt() {
    List<String> levels = List.of("none", "left", "behind");
    List<Labelled> known = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      for (String level : levels) {
        known.add(new Labelled(level, level.equals("behind") ? "none" : level, i));
      }
    }
    TagColumn column = column("person", i -> where[i].equals("left") ? "left" : "none");
    LabelErrors errors =
        LabelErrors.of(Map.of("person", Confusion.of(levels, known, column.values())));
    Factor place =
        StudyFile.parse(
                """
                anvil: study/1
                factors:
                  person:
                    element: car
                    editor: recolor
                    levels: {none: {}, left: {}, behind: {}}
                """,
                "study.yaml")
            .factors()
            .get(0);
    Correction correction = correct(List.of(place), List.of(column), errors);
    assertThat(correction.factors()).isEmpty();
    assertThat(correction.notes())
        .singleElement()
        .asString()
        .contains("posts do not tell behind apart", "Leave it out of the study");
  }

  @Test
  void aFactorThatMetadataTellAsWellIsRefusedByName() {
    Correction correction =
        correct(
            List.of(
                column("person", i -> where[i]),
                column("country", i -> where[i].isEmpty() ? "DE" : "from " + where[i])));
    assertThat(correction.factors()).isEmpty();
    assertThat(correction.notes())
        .containsExactly(
            "The effects of person are not corrected: posts labelled left cannot be told from"
                + " others by anything but country; posts labelled right cannot be told from"
                + " others by anything but country.");
  }

  @Test
  void aFactorWithoutPostsOfALevelIsRefusedByThatLevel() {
    Correction correction =
        correct(List.of(column("person", i -> where[i].equals("left") ? "left" : "")));
    assertThat(correction.notes())
        .containsExactly("The effects of person are not corrected: no post is labelled right.");
  }

  @Test
  void postsOfLittleWeightHardlyCorrect() {
    TagColumn column = column("person", i -> where[i]);
    Map<String, Double> plain = shifts(column);
    weights = new double[POSTS];
    for (int i = 0; i < POSTS; i++) {
      boolean noise = i % 2 == 0;
      weights[i] = noise ? 1e-6 : 2;
      residuals[i] += noise && where[i].equals("left") ? 20 : 0;
    }
    assertThat(shifts(column).get("left")).isCloseTo(plain.get("left"), within(.05));
    weights = new double[0];
    assertThat(shifts(column).get("left")).isGreaterThan(plain.get("left") + 1);
  }

  private Map<String, Double> shifts(TagColumn column) {
    return Correction.shifts(
        person, column, Map.of(), TaggedPosts.of(residuals, List.of(column), ROWS, weights, ROWS));
  }

  private Correction correct(List<TagColumn> tags) {
    return correct(tags, LabelErrors.NONE);
  }

  private Correction correct(List<TagColumn> tags, LabelErrors errors) {
    return correct(List.of(person, removal), tags, errors);
  }

  private Correction correct(List<Factor> factors, List<TagColumn> tags, LabelErrors errors) {
    return Correction.of(
        factors,
        Correction.WEIGHT,
        residuals,
        tags,
        errors,
        IntStream.range(0, POSTS).mapToObj(Integer::toString).toList(),
        ROWS,
        weights,
        ROWS);
  }

  private static TagColumn column(String name, IntFunction<String> value) {
    return new TagColumn(name, IntStream.range(0, POSTS).mapToObj(value).toList());
  }
}
