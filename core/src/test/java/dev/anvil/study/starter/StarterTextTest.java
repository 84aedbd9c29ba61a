package dev.anvil.study.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.segment.Subject;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StarterTextTest {
  private static StudySpec study(Subject subject, StarterPart... parts) {
    StarterText.Head head =
        new StarterText.Head("clicks", subject, 90, 80, Optional.of("labels.csv"));
    return StudyFile.parse(StarterText.of(head, List.of(parts)), "starter");
  }

  private static StarterPart colours(Subject subject) {
    return ColourPart.of(
        subject,
        new ColourLevels(
            List.of(
                new ColourLevels.Level("red", "#b0383c", 40),
                new ColourLevels.Level("blue", "#3852a2", 30)),
            Map.of("green", 9)));
  }

  @Test
  void itAsksWhatTheCampaignsPicturesAllow() {
    StudySpec spec =
        study(
            Subject.of("car"),
            colours(Subject.of("car")),
            SettingPart.none(),
            CompanionPart.of(
                new Companion("person", 30, 50, List.of()), Subject.of("car"), Optional.empty()));

    assertThat(spec.metric()).isEqualTo("clicks");
    assertThat(spec.labelFile()).contains("labels.csv");
    assertThat(spec.sources().element()).containsExactly("car", "truck", "bus");
    assertThat(spec.factors().stream().map(Factor::name))
        .containsExactly("colour of the car", "people");
    assertThat(spec.factors().get(0).levels()).containsOnlyKeys("red", "blue");
    assertThat(spec.factors().get(1).rule("without").orElseThrow().words())
        .isEqualTo("no person found");
    assertThat(spec.placebos()).hasSize(1);
  }

  @Test
  void aStudyOfNothingElseBlursTheBackgroundAndSaysWhatThatIsWorth() {
    Subject subject = Subject.of("dog");
    StarterPart few = ColourPart.of(subject, new ColourLevels(List.of(), Map.of("brown", 12)));

    assertThat(study(subject, few).factors().stream().map(Factor::name))
        .containsExactly("background");
    assertThat(
            StarterText.of(
                new StarterText.Head("likes", subject, 30, 30, Optional.empty()), List.of(few)))
        .contains("brown 12", "not corrected")
        .doesNotContain("label_file");
  }

  @Test
  void labelsThatYamlWouldReadOtherwiseAreQuoted() {
    StudySpec spec = study(new Subject(List.of("sign: \"stop\"", "no", "12")));

    assertThat(spec.sources().element()).containsExactly("sign: \"stop\"", "no", "12");
  }

  @Test
  void namesOfPicturesCannotEndAComment() {
    StarterPart part = StarterPart.none("such as a\nfactors: {}\u2028x.jpg");

    assertThat(study(Subject.of("dog"), part).factors().get(0).name()).isEqualTo("background");
  }

  @Test
  void picturesOfNothingAreChosenByTheirBackground() {
    StudySpec spec = study(Subject.NONE, ColourPart.none(Subject.NONE));

    assertThat(spec.sources().element()).containsExactly("background");
    assertThat(spec.sources().maxCoverage()).isEqualTo(1);
  }

  @Test
  void peopleAreNotRecoloured() {
    assertThat(ColourPart.canPaint(Subject.of("person"))).isFalse();
    assertThat(ColourPart.none(Subject.of("person")).factor()).isEmpty();
  }

  @Test
  void whatTooFewPicturesShowIsNamedWithWhatItNeeds() {
    StarterPart part =
        CompanionPart.of(
            new Companion("dog", 7, 200, List.of()), Subject.of("car"), Optional.empty());

    assertThat(part.factor()).isEmpty();
    assertThat(part.comment()).contains("7 different pictures show a dog", "20 of each");
  }
}
