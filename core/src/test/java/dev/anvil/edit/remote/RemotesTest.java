package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.edit.Editor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consent, secrets and addresses. */
class RemotesTest {
  private static final String SECRET = "ann:correct-horse-4711";
  private static final Map<String, String> AUTH = Map.of(Remotes.AUTOMATIC1111_AUTH, SECRET);

  @TempDir Path folder;

  private static Editor editor(String url, Map<String, Object> more) {
    return Painting.editor("automatic1111", Painting.study(url, more), AUTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://192.168.1.5:7860", "http://gpu.example.org", "http://localhost.evil.org"})
  void refusesToShowASecretOnTheWay(String url) {
    assertThatThrownBy(() -> editor(url, Map.of()))
        .hasMessageContaining("which would show your key to anyone on the way; expected https");
    assertThat(Painting.editor("automatic1111", Painting.study(url, Map.of()), Map.of()))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:7860", "http://[::1]:7860/", "https://gpu.example.org/sd/"})
  void takesSafeAddresses(String url) {
    assertThat(editor(url, Map.of()).parameters().get("url")).isEqualTo(url.replaceAll("/$", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu.example.org", "ftp://x.org", "https://x.org?a=b", "https://", "h t"})
  void refusesWhatIsNoAddress(String url) {
    assertThatThrownBy(() -> editor(url, Map.of()))
        .hasMessageContaining("expected a server's address such as");
  }

  @ParameterizedTest
  @CsvSource({
    "api_key, whatever",
    "password, hunter2",
    "auth, ann:secret",
    "negative, sk-abcdefghijklmnop1234",
    "prompt, 'Bearer abcdefgh12345678'",
    "url, https://ann:hunter2@gpu.example.org",
    "negative, 'not ann:correct-horse-4711'",
  })
  void refusesSecretsInAStudyWithoutRepeatingThem(String name, String value) {
    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class, () -> editor("http://localhost:1", Map.of(name, value)));
    assertThat(refusal.getMessage())
        .contains("parameter " + name + ": found what looks like a secret")
        .contains("ANVIL_A1111_AUTH")
        .doesNotContain("whatever", "hunter2", "secret1", "abcdefgh", "correct-horse");
  }

  @Test
  void refusesSecretsInsideGroupsAndWorkflows() throws IOException {
    Map<String, Object> unit = Map.of("model", "m", "token", "abc");
    assertThatThrownBy(() -> editor("http://localhost:1", Map.of("control", List.of(unit))))
        .hasMessageContaining("parameter control: found what looks like a secret");
    Path workflow = folder.resolve("w.json");
    Files.writeString(workflow, "{\"1\": {\"inputs\": {\"key\": \"sk-abcdefghijklmnop1234\"}}}");
    Map<String, Object> study = new HashMap<>(Map.of("workflow", workflow.toString()));
    assertThatThrownBy(
            () -> Painting.editor("comfyui", Painting.study("http://localhost:1", study), Map.of()))
        .hasMessageContaining("found what looks like a secret; expected none in a workflow")
        .hasMessageNotContaining("abcdefgh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a basic wallpaper", "risk-assessment-poster-of-2024", "key visual @ x"})
  void takesOrdinaryPrompts(String prompt) {
    assertThat(editor("http://localhost:1", Map.of("prompt", prompt)).parameters())
        .containsEntry("prompt", prompt);
  }

  @Test
  void keepsSecretsAndWaitingOutOfProvenance() {
    Editor editor = editor("http://localhost:1", Map.of("control", Map.of("model", "seg")));
    assertThat(editor.parameters().keySet())
        .containsExactlyInAnyOrder(
            "url",
            "prompt",
            "negative",
            "steps",
            "guidance",
            "strength",
            "sampler",
            "size",
            "feather",
            "area",
            "control");
    assertThat(editor.parameters().toString()).doesNotContain("correct-horse");
    assertThat(
            new HashMap<>(Map.of("secret", Secret.basic(AUTH, Remotes.AUTOMATIC1111_AUTH)))
                .toString())
        .doesNotContain("correct-horse");
  }

  @Test
  void saysWhatIsWrongWithASecretWithoutShowingIt() {
    assertThatThrownBy(() -> Secret.basic(Map.of("V", "no-colon-here"), "V"))
        .hasMessage("V: found no colon in its value; expected name:password");
    assertThatThrownBy(() -> Secret.bearer(Map.of("V", "a\nb"), "V"))
        .hasMessageContaining("characters in its value that no header can carry");
    assertThat(Secret.bearer(Map.of("V", " "), "V")).isEmpty();
  }

  @Test
  void reportsEverythingThatIsWrongAtOnce() {
    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class,
            () ->
                Painting.editor(
                    "automatic1111",
                    Map.of("steps", 0, "strength", 2, "area", "all", "colour", "red"),
                    Map.of()));
    assertThat(refusal.problems()).hasSize(6);
  }
}
