package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.RunContext;
import dev.anvil.edit.Editor;
import dev.anvil.edit.remote.LocalServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiTest {
  private static final Map<String, String> KEY = Map.of(Remotes.OPENAI_STYLE_KEY, "key-4711");

  private static Editor editor(LocalServer server, Map<String, Object> more) {
    return Painting.editor("openai", Painting.study(server.url() + "/v1", more), KEY);
  }

  @Test
  void sendsTheNearestOfTheServicesSizesAndTheKeyAsBearer() {
    try (LocalServer server = OpenAiServer.start()) {
      Editor editor = editor(server, Map.of());
      assertThat(editor.edit(Painting.request(1), RunContext.NONE).picture().get(45, 30, 0))
          .isBetween(198, 202);
      assertThat(server.problems()).isEmpty();
      assertThat(server.seen().get(0).header("Authorization")).isEqualTo("Bearer key-4711");
      Map<String, Form.Part> form = Form.read(server.seen().get(0));
      assertThat(form.get("size").text()).isEqualTo("1536x1024");
      assertThat(form.get("model").text()).isEqualTo("gpt-image-1");
      assertThat(editor.isRepeatable()).isFalse();
    }
  }

  @Test
  void asksTheOldModelForASquareAndForText() {
    try (LocalServer server = OpenAiServer.start()) {
      editor(server, Map.of("model", "dall-e-2")).edit(Painting.request(1), RunContext.NONE);
      assertThat(server.problems()).isEmpty();
      assertThat(Form.read(server.seen().get(0)).get("size").text()).isEqualTo("1024x1024");
    }
  }

  @Test
  void fetchesAPictureThatIsElsewhereWithoutTheKey() {
    byte[][] kept = new byte[1][];
    try (LocalServer store = new LocalServer(seen -> Answer.png(kept[0]));
        LocalServer server =
            new LocalServer(
                seen -> {
                  kept[0] = OpenAiServer.painted(seen);
                  Map<String, String> made = Map.of("url", store.url() + "/made.png");
                  return Answer.json(Map.of("created", 1, "data", List.of(made)));
                })) {
      assertThat(
              editor(server, Map.of())
                  .edit(Painting.request(1), RunContext.NONE)
                  .picture()
                  .get(45, 30, 0))
          .isBetween(198, 202);
      assertThat(server.problems()).isEmpty();
      assertThat(store.seen()).hasSize(1);
      assertThat(store.seen().get(0).headers()).doesNotContainKey("Authorization");
      assertThat(store.seen().get(0).method()).isEqualTo("GET");
      assertThat(store.seen().get(0).body()).isEmpty();
    }
  }

  @Test
  void saysWhatTheServiceSays() {
    try (LocalServer server =
        new LocalServer(
            seen ->
                Answer.json(
                    400,
                    "{\"error\": {\"message\": \"Your request was rejected by the safety system\","
                        + " \"type\": \"invalid_request_error\"}}"))) {
      assertThatThrownBy(() -> editor(server, Map.of()).edit(Painting.request(1), RunContext.NONE))
          .hasMessageContaining("answered 400: Your request was rejected by the safety system");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void followsNoAddressOfAnotherKind() {
    try (LocalServer server =
        new LocalServer(
            seen -> Answer.json(200, "{\"data\": [{\"url\": \"file:///etc/passwd\"}]}"))) {
      assertThatThrownBy(() -> editor(server, Map.of()).edit(Painting.request(1), RunContext.NONE))
          .hasMessageContaining("address that is not https");
    }
  }

  @Test
  void needsAKeyAndSendsItToOneHostOnly() {
    Map<String, Object> study = Painting.study("x", Map.of());
    study.remove("url");
    assertThatThrownBy(() -> Painting.editor("openai", study, KEY))
        .hasMessageContaining("expected it in the environment as OPENAI_API_KEY");
    assertThat(Painting.editor("openai", study, Map.of(Remotes.OPENAI_KEY, "k-1")).parameters())
        .containsEntry("url", "https://api.openai.com/v1");
    try (LocalServer server = OpenAiServer.start()) {
      Painting.editor(
              "openai",
              Painting.study(server.url() + "/v1", Map.of()),
              Map.of(Remotes.OPENAI_KEY, "k-1"))
          .edit(Painting.request(1), RunContext.NONE);
      assertThat(server.seen().get(0).headers()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void refusesParametersThatTheServiceHasNot() {
    try (LocalServer server = OpenAiServer.start()) {
      assertThatThrownBy(() -> editor(server, Map.of("steps", 20, "negative", "dull")))
          .hasMessageContaining("parameter negative: is unknown")
          .hasMessageContaining("parameter steps: is unknown");
    }
  }
}
