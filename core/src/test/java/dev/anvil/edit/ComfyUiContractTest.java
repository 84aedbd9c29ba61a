package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.edit.remote.ComfyUiServer;
import dev.anvil.edit.remote.Consent;
import dev.anvil.edit.remote.LocalServer;
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

class ComfyUiContractTest extends EditorContract {
  private static LocalServer server;

  @BeforeAll
  static void start() {
    server = ComfyUiServer.start();
  }

  @AfterEach
  void nothingWasWrongWithWhatWasSent() {
    assertThat(server.problems()).isEmpty();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  Editor editor() {
    Map<String, Object> parameters =
        new HashMap<>(Map.of("size", 256, "model", "sd15.safetensors"));
    parameters.put("url", server.url());
    parameters.put("prompt", "a red car");
    parameters.put("null_prompt", "a car");
    parameters.put("rate", 6000);
    return new Editors(
            new ModelStore(List.of()),
            1,
            new Remotes(
                Map.of(), Consent.of(List.of(server.url()), Map.of()), Duration.ofMillis(10)))
        .create(Remotes.COMFYUI, parameters, Path.of("").toAbsolutePath());
  }
}
