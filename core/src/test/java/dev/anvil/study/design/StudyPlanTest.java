package dev.anvil.study.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anvil.MissingPackException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Combine;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Editors;
import dev.anvil.image.Mask;
import dev.anvil.packs.ModelStore;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyPlanTest {
  private static final Source SOURCE =
      new Source(
          new Post(
              "1", "ab", Path.of("a.png"), LocalDateTime.of(2024, 1, 1, 0, 0), Map.of(), Map.of()),
          0,
          Mask.full(8, 8),
          Optional.empty());
  private static final Factor FACTOR =
      new Factor(
          "colour",
          "Colour",
          "{level}",
          List.of(StudySpec.PICTURE),
          Optional.empty(),
          "still",
          StudySpec.CONTROL,
          1,
          Map.of("red", Map.of()),
          Map.of());

  /** Changes nothing, in different versions. */
  private record Still(int version) implements Editor {
    @Override
    public String name() {
      return "still";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("colour", "red");
    }

    @Override
    public Edited edit(EditRequest request, RunContext context) {
      return new Edited(request.source(), request.mask());
    }
  }

  private static String key(Editor editor) {
    return StudyPlan.key("view", SOURCE, FACTOR, editor, 7);
  }

  @Test
  void aVariantsKeyChangesWithItsEditorsVersion() {
    assertThat(key(new Still(1))).isEqualTo(key(new Still(1)));
    assertThat(key(new Still(2))).isNotEqualTo(key(new Still(1)));
  }

  @Test
  void aCombinationsKeyChangesWithTheVersionOfEachOfItsEditors() {
    assertThat(key(combined(1, 2))).isNotEqualTo(key(combined(1, 1)));
    assertThat(key(combined(2, 1))).isNotEqualTo(key(combined(1, 1)));
  }

  @Test
  void packsThatAreNotThereAreNamedTogetherWithTheirLevels() {
    StudySpec spec =
        StudyFile.parse(
            """
            anvil: study/1
            factors:
              person:
                element: person
                editor: remove
                levels:
                  one: {pack: lama}
                  other: {pack: migan}
            """,
            "study.yaml");
    try (Editors editors = new Editors(new ModelStore(List.of()), 1)) {
      assertThatExceptionOfType(MissingPackException.class)
          .isThrownBy(() -> new StudyPlan(spec, Path.of(""), editors, "view"))
          .withMessageContaining("factor person, level one, model pack: found no \"lama\"")
          .withMessageContaining("factor person, level other, model pack: found no \"migan\"")
          .satisfies(e -> assertThat(e.pack()).isEqualTo("lama"));
    }
  }

  private static Combine combined(int first, int second) {
    return new Combine(
        List.of(
            new Combine.Step("a", List.of(), new Still(first)),
            new Combine.Step("b", List.of(), new Still(second))));
  }
}
