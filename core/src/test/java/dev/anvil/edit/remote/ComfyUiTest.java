package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.edit.Editor;
import dev.anvil.edit.remote.LocalServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComfyUiTest {
  @TempDir Path folder;
  private final LocalServer server = ComfyUiServer.start();

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.problems()).isEmpty();
  }

  private Editor editor(Map<String, Object> more) {
    Map<String, Object> study = Painting.study(server.url(), Map.of("size", 128));
    study.put("model", ComfyUiServer.CHECKPOINT);
    study.putAll(more);
    return Painting.editor("comfyui", study, Map.of());
  }

  @Test
  void uploadsQueuesWaitsAndFetches() {
    assertThat(editor(Map.of()).edit(Painting.request(1), RunContext.NONE).picture().get(45, 30, 0))
        .isBetween(198, 202);
    List<String> calls =
        server.seen().stream()
            .map(s -> s.method() + " " + s.path().replaceAll("(/history/).*", "$1"))
            .toList();
    assertThat(calls)
        .containsExactly(
            "POST /upload/image",
            "POST /upload/image",
            "POST /prompt",
            "GET /history/",
            "GET /history/",
            "GET /view");
  }

  @Test
  void holdsThePictureWithAControlNet() {
    Editor editor = editor(Map.of("control", Map.of("model", "control_v11p_sd15_seg.pth")));
    assertThat(editor.edit(Painting.request(1), RunContext.NONE).picture().get(45, 30, 0))
        .isBetween(198, 202);
    assertThat(editor.parameters().get("workflow")).startsWith("inpaint-control.json@");
  }

  @Test
  void sendsTheTokenOfTheEnvironment() {
    Map<String, Object> study = Painting.study(server.url(), Map.of("size", 128));
    study.put("model", ComfyUiServer.CHECKPOINT);
    Painting.editor("comfyui", study, Map.of(Remotes.COMFYUI_TOKEN, "tok-123"))
        .edit(Painting.request(1), RunContext.NONE);
    assertThat(server.seen()).allMatch(s -> s.header("Authorization").equals("Bearer tok-123"));
  }

  @Test
  void saysInWordsWhatTheServerFindsWrongWithANode() {
    Editor editor = editor(Map.of("model", "sdxl.safetensors"));
    assertThatThrownBy(() -> editor.edit(Painting.request(1), RunContext.NONE))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("answered 400: Prompt outputs failed validation")
        .hasMessageContaining(
            "node 1 (CheckpointLoaderSimple): Value not in list, ckpt_name: 'sdxl.safetensors'");
    assertThat(server.seen()).hasSize(3);
  }

  @Test
  void saysInWordsWhatFailedWhileRunning() {
    try (LocalServer failing =
        new LocalServer(
            seen ->
                switch (seen.path()) {
                  case "/upload/image" -> Answer.json(Map.of("name", "a.png", "subfolder", ""));
                  case "/prompt" -> Answer.json(Map.of("prompt_id", "p1"));
                  default ->
                      Answer.json(
                          200,
                          """
                          {"p1": {"outputs": {}, "status": {"status_str": "error",
                            "completed": false, "messages": [["execution_start", {}],
                            ["execution_error", {"node_id": "8", "node_type": "KSampler",
                             "exception_message": "CUDA out of memory"}]]}}}
                          """);
                })) {
      Map<String, Object> study = Painting.study(failing.url(), Map.of("model", "m"));
      Editor editor = Painting.editor("comfyui", study, Map.of());
      assertThatThrownBy(() -> editor.edit(Painting.request(1), RunContext.NONE))
          .hasMessageContaining("node 8 (KSampler): CUDA out of memory");
    }
  }

  @Test
  void givesUpOnAQueueThatNeverEnds() {
    try (LocalServer endless =
        new LocalServer(
            seen ->
                switch (seen.path()) {
                  case "/upload/image" -> Answer.json(Map.of("name", "a.png", "subfolder", ""));
                  case "/prompt" -> Answer.json(Map.of("prompt_id", "p1"));
                  default -> Answer.json(Map.of());
                })) {
      Map<String, Object> study = Painting.study(endless.url(), Map.of("model", "m"));
      study.put("timeout", .4);
      Editor editor = Painting.editor("comfyui", study, Map.of());
      assertThatThrownBy(() -> editor.edit(Painting.request(1), RunContext.NONE))
          .hasMessageContaining("did not finish within 0.4 s");
    }
  }

  @Test
  void fillsAWorkflowWithNumbersAndWithTextsThatNeedNoQuoting() throws IOException {
    Workflow workflow =
        new Workflow(
            "w.json",
            """
            {"1": {"class_type": "X", "inputs": {"seed": "{seed}", "image": "{image}",
              "mask": "{mask}", "text": "photo of {prompt}, {width} wide, {a|b}", "keep": 3}}}
            """);
    Map<String, Object> values =
        Map.of(
            "seed",
            5L,
            "image",
            "i.png",
            "mask",
            "m.png",
            "prompt",
            "a \"$1\" {seed}",
            "width",
            64);
    assertThat(workflow.filled(values).toString())
        .isEqualTo(
            "{\"1\":{\"class_type\":\"X\",\"inputs\":{\"seed\":5,\"image\":\"i.png\",\"mask\":\"m.png\",\"text\":\"photo"
                + " of a \\\"$1\\\" {seed}, 64 wide, {a|b}\",\"keep\":3}}}");
  }

  @Test
  void refusesAWorkflowWithEverythingThatIsWrongWithIt() throws IOException {
    Path file = folder.resolve("w.json");
    Files.writeString(file, "{\"1\": {\"inputs\": {\"text\": \"{promt} {image}\"}}}");
    assertThatThrownBy(() -> editor(Map.of("workflow", file.toString())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("w.json node 1: found no class_type or inputs")
        .hasMessageContaining("found {promt}; expected one of [control_end")
        .hasMessageContaining("found no {mask}; expected it")
        .hasMessageContaining("found no {seed}; expected it");
    Files.writeString(file, "{\"nodes\": [");
    assertThatThrownBy(() -> editor(Map.of("workflow", file.toString())))
        .hasMessageContaining("found no JSON at line 1");
    assertThatThrownBy(() -> editor(Map.of("workflow", "no.json")))
        .hasMessageContaining("found no file no.json");
  }

  @Test
  void refusesAModelOrControlNetThatTheWorkflowLacksOrWants() {
    Map<String, Object> study = Painting.study(server.url(), Map.of());
    assertThatThrownBy(() -> Painting.editor("comfyui", study, Map.of()))
        .hasMessageContaining("model: found nothing; expected a checkpoint");
    List<Object> two = List.of(Map.of("model", "a"), Map.of("model", "b", "weigth", 1));
    assertThatThrownBy(() -> editor(Map.of("control", two)))
        .hasMessageContaining("control: found 2; expected at most one")
        .hasMessageContaining("parameter control[1].weigth: is unknown");
  }
}
