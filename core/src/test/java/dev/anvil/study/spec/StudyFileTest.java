package dev.anvil.study.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyFileTest {
  private static final String STUDY =
      """
      anvil: study/1
      name: Colour
      metric: likes
      seed: 3
      sources: {element: [car, truck], count: 12, where: {channel: instagram}}
      factors:
        colour:
          element: [car, truck]
          editor: recolor
          reference: average
          levels:
            red: {colour: "#b01020"}
            blue: {colour: "#1030a0"}
      """;

  @Test
  void aStudyKeepsWhatItsFileSays() {
    StudySpec spec = StudyFile.parse(STUDY, "study.yaml");

    assertThat(spec.name()).isEqualTo("Colour");
    assertThat(spec.seed()).isEqualTo(3);
    assertThat(spec.smallestEffect()).isEqualTo(.05);
    assertThat(spec.sources().element()).containsExactly("car", "truck");
    assertThat(spec.sources().where()).containsEntry("channel", "instagram");
    StudySpec.Factor colour = spec.factors().get(0);
    assertThat(colour.levels().keySet()).containsExactly("red", "blue");
    assertThat(colour.levels().get("red")).containsEntry("colour", "#b01020");
    assertThat(colour.seeds()).isEqualTo(1);
    assertThat(spec.placebos()).isEqualTo(List.of());
  }

  @Test
  void commonParametersNameTheLevelAndALevelOverridesThem() {
    StudySpec spec =
        StudyFile.parse(
            """
            anvil: study/1
            factors:
              colour:
                element: car
                editor: diffusion
                with: {pack: sd, prompt: "a {level} car", steps: 4}
                levels:
                  red:
                  pink: {prompt: "a hot pink car"}
              setting:
                element: background
                editor: diffusion
                with: {prompt: "{level}"}
                levels: [forest, city street]
            """,
            "study.yaml");

    assertThat(spec.factors().get(0).levels())
        .containsEntry("red", Map.of("pack", "sd", "prompt", "a red car", "steps", 4))
        .containsEntry("pink", Map.of("pack", "sd", "prompt", "a hot pink car", "steps", 4));
    assertThat(spec.factors().get(1).levels())
        .containsEntry("city street", Map.of("prompt", "city street"))
        .hasSize(2);
  }

  @Test
  void moreLevelsThanAStudyCanShowAreRefused() {
    String levels =
        IntStream.range(0, 50_000).mapToObj(i -> "l" + i).collect(Collectors.joining(", "));
    assertThatThrownBy(
            () ->
                StudyFile.parse(
                    """
                    anvil: study/1
                    factors:
                      setting: {element: background, editor: blur, levels: [%s]}
                    """
                        .formatted(levels),
                    "study.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 50000; expected at most 1000");
  }

  @Test
  void aLevelThatIsListedTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                StudyFile.parse(
                    """
                    anvil: study/1
                    factors:
                      setting: {element: background, editor: blur, levels: [near, far, near]}
                    """,
                    "study.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("near");
  }

  @Test
  void labelRulesSayHowPostsWithALevelAreRecognised() {
    StudySpec spec =
        StudyFile.parse(
            """
            anvil: study/1
            factors:
              colour:
                element: car
                editor: recolor
                levels:
                  red: {colour: "#b01020"}
                  blue: {colour: "#1030a0", labels: {colour: "#203080"}}
              person:
                element: person
                editor: remove
                levels:
                  removed: {labels: {without: person}}
                  other: {}
              setting:
                element: background
                editor: blur
                levels:
                  forest: {labels: {where: {setting: forest}}}
            """,
            "study.yaml");

    StudySpec.Factor colour = spec.factors().get(0);
    assertThat(colour.rule("red")).contains(LabelRule.colour("#b01020"));
    assertThat(colour.rule("blue")).contains(LabelRule.colour("#203080"));
    assertThat(colour.levels().get("blue")).isEqualTo(Map.of("colour", "#1030a0"));
    assertThat(spec.factors().get(1).rule("removed")).contains(LabelRule.without("person"));
    assertThat(spec.factors().get(1).rule("other")).isEmpty();
    assertThat(spec.factors().get(2).rule("forest")).contains(LabelRule.where("setting", "forest"));
  }

  @Test
  void theOldKeyOfLabelRulesIsReadAndDeprecated() {
    String now =
        """
        anvil: study/1
        factors:
          person:
            element: person
            editor: remove
            levels:
              removed: {labels: {without: person}}
              other: {}
        """;
    String old = now.replace("labels", "marks");

    assertThat(StudyFile.parse(old, "study.yaml")).isEqualTo(StudyFile.parse(now, "study.yaml"));
    assertThat(StudyFile.deprecations(old, "study.yaml"))
        .containsExactly(
            "study.yaml factors.person.levels.removed.marks: is now called labels; rename the key");
    assertThat(StudyFile.deprecations(now, "study.yaml")).isEmpty();
  }

  @Test
  void aPlaceIsThatOfTheFigureThatIsInserted() {
    StudySpec spec =
        StudyFile.parse(
            """
            anvil: study/1
            factors:
              company:
                element: person
                editor: diffusion
                with: {label: dog}
                levels:
                  left: {labels: {place: H}}
                  right: {label: cat, labels: {place: D}}
            """,
            "study.yaml");

    assertThat(spec.factors().get(0).rule("left")).contains(LabelRule.place("dog", "H"));
    assertThat(spec.factors().get(0).rule("right")).contains(LabelRule.place("cat", "D"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          anvil: study/1       | anvil: study/9        | anvil is "study/9"; expected study/1
          reference: average   | reference: pink       | factors.colour.reference is "pink"; expected one of [average, blue, control, red]
          count: 12            | count: many           | sources.count is "many"; expected a whole number from 1 to 1000000
          editor: recolor      | editer: recolor       | factors.colour.editer is not known; expected one of [editor, element, levels, phrase, reference, seeds, title, with, without]
          "#b01020"            | "#b01020", labels: {hue: red} | factors.colour.levels.red.labels is {"hue":"red"}; expected one of {where:
          "#b01020"            | "#b01020", labels: {colour: red} | factors.colour.levels.red.labels found colour "red"; expected six
          colour:              | "":                   | factors has one without a name; expected a name such as colour
          red:                 | " ":                  | factors.colour.levels has one without a name; expected a name such as red
          metric: likes        | metric: [likes]       | metric is "["likes"]"; expected text
          seed: 3              | seed: three           | seed is "three"; expected a whole number
          seed: 3              | seed: 99999999999999999999 | seed is "99999999999999999999"; expected a whole number from -9007199254740991 to 9007199254740991
          anvil: study/1       | smallest_effect: 5    | smallest_effect is "5"; expected a number from 0 to 1
          anvil: study/1       | placebos: [tone]      | placebos is "["tone"]"; expected names with values
          where: {channel: instagram} | where: [instagram] | sources.where is "["instagram"]"; expected names with values
          reference: average   | phrase: {a: b}        | factors.colour.phrase is "{"a":"b"}"; expected text
          reference: average   | with: 3               | factors.colour.with is "3"; expected names with values
          metric: likes        | metrics: likes        | metrics is not known; expected one of [anvil, encoder, factors,
          count: 12            | count: 12, stop: {}   | sources.stop.half_width is missing; expected a share of the metric
          count: 12            | count: 12, stop: {half_width: 0.1, first: 13} | sources.stop.first is 13; expected at most the count, which is 12
          """)
  void aMistakeIsNamedWithTheFieldThatHasIt(String right, String wrong, String message) {
    assertThatThrownBy(() -> StudyFile.parse(STUDY.replace(right, wrong), "study.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("study.yaml: " + message);
  }

  @Test
  void aReferenceWithNothingToCompareItWithIsAMistake() {
    String alone =
        STUDY
            .replace("reference: average", "reference: red")
            .replace("      blue: {colour: \"#1030a0\"}\n", "");

    assertThatThrownBy(() -> StudyFile.parse(alone, "study.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "study.yaml: factors.colour.levels has only the reference \"red\"; expected another"
                + " level to be compared with it, or \"reference: control\"");
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    String bad = STUDY.replace("study/1", "study/2").replace("count: 12", "count: 0");

    assertThatThrownBy(() -> StudyFile.parse(bad, "study.yaml"))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void brokenYamlIsNamedWithItsLine() {
    assertThatThrownBy(() -> StudyFile.parse("anvil: study/1\nname: [", "study.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("study.yaml line ");
  }
}
