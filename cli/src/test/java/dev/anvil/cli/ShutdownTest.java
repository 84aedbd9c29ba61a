package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a process that runs networks on several threads. */
@DisabledOnOs(OS.WINDOWS)
class ShutdownTest {
  @TempDir Path folder;

  /**
   * How a process ended.
   *
   * @param lines that it wrote on standard error
   */
  private record Ended(int code, List<String> lines) {}

  @Test
  @Timeout(240)
  void signalsEndAFitInOrderAndTheNextGoesOnToTheSameModel() throws Exception {
    Path posts = SmallCampaign.write(folder, 60);
    for (String workspace : List.of("stopped", "whole")) {
      assertThat(Cli.run("import", posts.toString(), "-w", path(workspace)).exit()).isZero();
    }

    assertStopped(signal("TERM", "find elements"), 143);
    assertStopped(signal("INT", "find elements"), 130);
    assertStopped(signal("TERM", "resample"), 143);

    assertThat(Cli.run("fit", "--quiet", "-w", path("stopped")).exit()).isZero();
    assertThat(Cli.run("fit", "--quiet", "-w", path("whole")).exit()).isZero();
    assertThat(predictions("stopped")).isEqualTo(predictions("whole")).contains("a0.jpg");
  }

  private String path(String workspace) {
    return folder.resolve(workspace).toString();
  }

  private String predictions(String workspace) throws IOException {
    String json =
        Cli.run(
                "predict",
                "--json",
                "-w",
                path(workspace),
                folder.resolve("creatives/a0.jpg").toString(),
                folder.resolve("creatives/a1.jpg").toString())
            .out();
    return new ObjectMapper().readTree(json).get("predictions").toPrettyString();
  }

  private void assertStopped(Ended ended, int code) throws IOException {
    assertThat(ended.code()).as(ended.lines().toString()).isEqualTo(code);
    assertThat(ended.lines())
        .anyMatch(line -> line.contains("the same command resumes from there"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith("hs_err"));
    }
  }

  /**
   * Sends a signal to a fit.
   *
   * @param after the phase whose end is awaited first
   */
  private Ended signal(String signal, String after) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-UsePerfData",
                "-Danvil.home=" + Main.home(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "fit",
                "-w",
                path("stopped"))
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader errors = process.errorReader()) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        lines.add(line);
        if (line.startsWith(after + ":")) {
          break;
        }
      }
      Thread.sleep(30);
      assertThat(process.isAlive()).as("%s after \"%s\": %s", signal, after, lines).isTrue();
      assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor())
          .isZero();
      errors.lines().forEach(lines::add);
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), lines);
  }
}
