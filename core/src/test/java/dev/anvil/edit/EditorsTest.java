package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.edit.remote.Consent;
import dev.anvil.packs.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorsTest {
  private static final Editors EDITORS =
      new Editors(new ModelStore(List.of()), 1, Consent.of(List.of("localhost:7860"), Map.of()));

  @TempDir Path folder;

  private List<Problem> problems(String name, Map<String, Object> parameters) {
    return catchThrowableOfType(
            InvalidInputException.class, () -> EDITORS.create(name, parameters, folder))
        .problems();
  }

  private static Map<String, Object> remote(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("url", "http://localhost:7860");
    all.put("prompt", "a red car");
    return all;
  }

  @Test
  void onlyEditorsThatMayFailAreAskedAgain() {
    Map<String, Object> unfit =
        remote(Map.of("attempts", 0, "recognise", Map.of("among", List.of("a red car", ""))));

    assertThat(problems("automatic1111", unfit))
        .extracting(Problem::toString)
        .anyMatch(p -> p.contains("attempts: found 0; expected a whole number from 1 to 100"))
        .anyMatch(
            p -> p.contains("recognise[0].pack: found nothing; expected a model pack of clip"))
        .anyMatch(
            p ->
                p.contains(
                    "recognise[0].among: found nothing but \"a red car\"; expected what else"));
    assertThat(problems("recolor", Map.of("colour", "#b81c1c", "attempts", 2)))
        .extracting(Problem::toString)
        .anyMatch(p -> p.contains("attempts: is unknown"));
    assertThat(EDITORS.create("automatic1111", remote(Map.of("attempts", 3)), folder))
        .satisfies(
            editor -> {
              assertThat(editor.attempts()).isEqualTo(3);
              assertThat(editor.parameters()).containsEntry("attempts", "3");
            });
  }

  @Test
  void makesEveryEditorItNames() {
    Scene.plates(folder);
    Scene.figures(folder);
    Map<String, Map<String, Object>> minimal =
        Map.of(
            "recolor", Map.of("colour", "#b81c1c"),
            "background", Map.of("plates", "plate-*.png"),
            "insert", Map.of("position", "A", "figures", List.of("figure-0.png", "figure-1.png")),
            "tone", Map.of("colour", "b81c1c", "strength", 1),
            "automatic1111", remote(Map.of()),
            "comfyui", remote(Map.of("model", "sd15.safetensors")),
            "openai", remote(Map.of()));
    List<String> withoutPacks = new ArrayList<>(Editors.NAMES);
    withoutPacks.remove(DiffusionEditor.NAME); // DiffusionEditorTest has packs for it
    for (String name : withoutPacks) {
      Editor editor = EDITORS.create(name, minimal.getOrDefault(name, Map.of()), folder);
      assertThat(editor.name()).isEqualTo(name);
    }
  }

  @Test
  void describesAssetsByNameAndDigest() {
    Scene.plates(folder);
    Editor editor = EDITORS.create("background", Map.of("plates", "."), folder);
    assertThat(editor.parameters().get("plates"))
        .matches("plate-1.png@[0-9a-f]{16} plate-2.png@[0-9a-f]{16}");
  }

  @Test
  void reportsEverythingThatIsWrongAtOnce() {
    assertThat(
            problems(
                "tone", Map.of("color", "red", "strength", 3, "spare", "perhaps", "colour", "red")))
        .extracting(Problem::toString)
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "editor tone, parameter colour: found \"red\"; expected six hexadecimal"
                            + " digits such as \"#c01818\""),
            p -> assertThat(p).contains("strength: found 3; expected a number above 0.0"),
            p -> assertThat(p).contains("spare: found perhaps; expected true or false"),
            p -> assertThat(p).contains("color: is unknown; expected some of [colour, "));
  }

  @Test
  void reportsMissingParametersAndFiles() throws IOException {
    assertThat(problems("recolor", Map.of())).hasSize(1);
    assertThat(problems("insert", Map.of())).hasSize(2);
    assertThat(problems("background", Map.of("plates", List.of("no.jpg", "nowhere/*.jpg"))))
        .hasSize(2);
    Files.writeString(folder.resolve("notes.txt"), "not a picture");
    assertThat(problems("background", Map.of("plates", "*.txt"))).hasSize(1);
    assertThat(problems("remove", Map.of("radius", 3)).get(0).message())
        .contains("expected some of [pack]");
    assertThat(problems("none", Map.of("radius", 3)).get(0).message())
        .contains("expected no parameters");
  }

  @Test
  void namesTheEditorsItKnows() {
    assertThat(problems("paint", Map.of()).get(0).toString())
        .contains("found \"paint\"; expected one of [recolor, remove");
  }
}
