package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.edit.remote.Consent;
import dev.anvil.edit.remote.LocalServer;
import dev.anvil.edit.remote.OpenAiServer;
import dev.anvil.edit.remote.Remotes;
import dev.anvil.packs.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class OpenAiContractTest extends EditorContract {
  private static LocalServer server;

  @BeforeAll
  static void start() {
    server = OpenAiServer.start();
  }

  @AfterEach
  void nothingWasWrongWithWhatWasSent() {
    assertThat(server.problems()).isEmpty();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** One, since the service's pictures are large. */
  @Override
  List<EditRequest> requests() {
    return List.of(Scene.request("b81c1c", true, 1));
  }

  @Override
  Editor editor() {
    Map<String, Object> parameters = new HashMap<>(Map.of());
    parameters.put("url", server.url() + "/v1");
    parameters.put("prompt", "a red car");
    parameters.put("null_prompt", "a car");
    parameters.put("rate", 6000);
    return new Editors(
            new ModelStore(List.of()),
            1,
            new Remotes(
                Map.of(), Consent.of(List.of(server.url()), Map.of()), Duration.ofMillis(10)))
        .create(Remotes.OPENAI, parameters, Path.of("").toAbsolutePath());
  }
}
