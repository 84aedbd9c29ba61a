package dev.anvil.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.image.Box;
import dev.anvil.image.Masks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubjectTest {
  private static Element element(String label, double right) {
    Box box = new Box(0, 0, right, 10);
    return new Element(label, 1, box, Masks.ofBox(20, 10, box));
  }

  @Test
  void isTheMostFrequentElementWithTheLabelsThatAreConfusedWithIt() {
    assertThat(Subject.mostFrequent(Map.of("dog", 30, "person", 20)).labels())
        .containsExactly("dog");
    assertThat(Subject.mostFrequent(Map.of("car", 30, "person", 20)).labels())
        .containsExactly("car", "truck", "bus");
    assertThat(Subject.mostFrequent(Map.of("truck", 30, "car", 20)).labels())
        .containsExactly("truck", "car", "bus");
    assertThat(Subject.mostFrequent(Map.of("motorcycle", 30)).labels())
        .containsExactly("motorcycle");
    assertThat(Subject.mostFrequent(Map.of("sky", 30, "dog", 30)).name()).contains("dog");
    assertThat(Subject.mostFrequent(Map.of())).isEqualTo(Subject.NONE);
    assertThat(Subject.NONE.name()).isEmpty();
  }

  @Test
  void isTheLargestElementOfItsLabels() {
    Segmentation found =
        new Segmentation(List.of(element("car", 5), element("bus", 8), element("person", 18)));
    assertThat(Subject.of("car").in(found).orElseThrow().label()).isEqualTo("bus");
    assertThat(Subject.of("dog").maskIn(found)).isEmpty();
  }

  @Test
  void staysTheListOfLabelsThatModelsWereKeptWith() throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.writeValueAsString(Subject.of("car"))).isEqualTo("[\"car\",\"truck\",\"bus\"]");
    assertThat(json.readValue("[\"dog\"]", Subject.class)).isEqualTo(Subject.of("dog"));
    assertThat(Subject.of("car")).hasToString("[car, truck, bus]");
  }
}
