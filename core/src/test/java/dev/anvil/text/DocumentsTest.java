package dev.anvil.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
  @TempDir Path folder;

  /** What a study might say. */
  private record Plan(String name, long seed) {}

  private static void json(String text) throws IOException {
    Documents.json("pack.json", text.getBytes(StandardCharsets.UTF_8), "a manifest");
  }

  private void plan(String text) throws IOException {
    Documents.yaml(
        Files.writeString(folder.resolve("plan.yaml"), text), YAMLMapper.builder(), Plan.class);
  }

  @Test
  void aKeyThatIsThereTwiceIsRefusedWithItsLine() {
    assertThatThrownBy(() -> Documents.yaml("study.yaml", "name: a\nseed: 1\nname: b\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("study.yaml line 3")
        .hasMessageContaining("name");
    assertThatThrownBy(() -> json("{\"name\": 1,\n\"name\": 2}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> plan("name: a\nname: b\nseed: 1\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThatThrownBy(() -> Documents.yaml("study.yaml", "name: a\n---\nname: b\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one document");
    assertThatThrownBy(() -> json("{} {}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one document");
  }

  @Test
  void aFractionIsNoWholeNumber() {
    assertThatThrownBy(() -> plan("name: a\nseed: 1.9\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1.9");
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertThatThrownBy(() -> json("[".repeat(100_000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pack.json")
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> Documents.yaml("study.yaml", "[".repeat(100_000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("study.yaml");
  }

  @Test
  void anAliasIsRefusedAndNotTakenForItsName() {
    assertThatThrownBy(() -> Documents.yaml("study.yaml", "a: &x [1, 2]\nb: *x\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("study.yaml line 2")
        .hasMessageContaining("*x");
  }

  @Test
  void nothingIsAMissingNode() throws IOException {
    assertThat(Documents.yaml("study.yaml", "").isMissingNode()).isTrue();
    assertThat(Documents.json("x.json", new byte[0], "it").isMissingNode()).isTrue();
  }

  @Test
  void numbersThatPythonWritesAreRead() throws IOException {
    assertThat(
            Documents.json("x.json", "{\"a\": -Infinity}".getBytes(StandardCharsets.UTF_8), "it")
                .path("a")
                .asDouble())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
