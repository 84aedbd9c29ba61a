package dev.anvil.study.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StarterStudyTest {
  @Test
  void itAsksWhatTheCampaignsElementsAllow() {
    StudySpec spec =
        StudyFile.parse(StarterStudy.yaml("clicks", Map.of("car", 80, "person", 12)), "starter");

    assertThat(spec.metric()).isEqualTo("clicks");
    assertThat(spec.sources().element()).containsExactly("car", "truck", "bus");
    assertThat(spec.factors().stream().map(StudySpec.Factor::name))
        .containsExactly("colour of the car", "people", "background");
    assertThat(spec.placebos()).hasSize(1);
  }

  @Test
  void peopleAreNotRecoloured() {
    StudySpec spec = StudyFile.parse(StarterStudy.yaml("likes", Map.of("person", 12)), "starter");

    assertThat(spec.factors().stream().map(StudySpec.Factor::name))
        .containsExactly("people", "background");
  }
}
