package dev.anvil.study.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.segment.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StarterStudyTest {
  private static StudySpec study(Subject subject, Map<String, Integer> creativesByLabel) {
    return StudyFile.parse(StarterStudy.yaml("clicks", subject, creativesByLabel), "starter");
  }

  @Test
  void itAsksWhatTheCampaignsElementsAllow() {
    StudySpec spec = study(Subject.of("car"), Map.of("car", 80, "person", 12));

    assertThat(spec.metric()).isEqualTo("clicks");
    assertThat(spec.sources().element()).containsExactly("car", "truck", "bus");
    assertThat(spec.factors().stream().map(StudySpec.Factor::name))
        .containsExactly("colour of the car", "people", "background");
    assertThat(spec.placebos()).hasSize(1);
  }

  @Test
  void itIsAboutTheModelsMainElementWhateverIsFoundMoreOften() {
    StudySpec spec = study(Subject.of("dog"), Map.of("dog", 40, "car", 60));

    assertThat(spec.sources().element()).containsExactly("dog");
    assertThat(spec.factors().get(0).name()).isEqualTo("colour of the dog");
    assertThat(spec.factors().get(0).phrase()).isEqualTo("pictures with a {level} dog");
    assertThat(spec.factors().get(0).element()).containsExactly("dog");
  }

  @Test
  void aMotorcycleIsNotStudiedAsACar() {
    StudySpec spec = study(Subject.mostFrequent(Map.of("motorcycle", 9)), Map.of("motorcycle", 9));

    assertThat(spec.sources().element()).containsExactly("motorcycle");
  }

  @Test
  void labelsThatYamlWouldReadOtherwiseAreQuoted() {
    StudySpec spec = study(new Subject(List.of("sign: \"stop\"", "no", "12")), Map.of());

    assertThat(spec.sources().element()).containsExactly("sign: \"stop\"", "no", "12");
  }

  @Test
  void peopleAreNotRecoloured() {
    StudySpec spec = study(Subject.of("person"), Map.of("person", 12));

    assertThat(spec.sources().element()).containsExactly("person");
    assertThat(spec.factors().stream().map(StudySpec.Factor::name))
        .containsExactly("people", "background");
  }
}
