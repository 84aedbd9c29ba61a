package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "import",
        "fit",
        "predict",
        "elements",
        "edit",
        "explain",
        "embed",
        "study",
        "label",
        "plant",
        "report",
        "reproduce",
        "models",
        "workspace",
        "world",
        "version"
      })
  void helpNamesEveryCommand(String command) {
    assertThat(Cli.run("help").out()).contains("  " + command);
    assertThat(Cli.run("help", command).exit()).isZero();
  }

  @Test
  void scoreIsAnotherNameOfPredict() {
    assertThat(Cli.run("help").out()).contains("predict, score");
    assertThat(Cli.run("help", "score").out()).isEqualTo(Cli.run("help", "predict").out());
  }

  @Test
  void anUnknownCommandOrOptionIsAUsageError() {
    assertThat(Cli.run("frobnicate").exit()).isEqualTo(2);
    assertThat(Cli.run("fit", "--frobnicate").exit()).isEqualTo(2);
    assertThat(Cli.run().exit()).isEqualTo(2);
  }

  @Test
  void aCompletionScriptIsPrinted() {
    assertThat(Cli.run("generate-completion").out()).contains("complete -F");
  }

  @Test
  void badInputIsReportedWholeWithItsOwnExitCode() throws IOException {
    Path posts =
        Files.writeString(
            folder.resolve("posts.csv"),
            "picture,published,likes\nmissing.jpg,2024-01-01,12\nother.jpg,tomorrow,5\n");

    Cli cli = Cli.run("import", posts.toString(), "-w", folder.resolve("ws").toString(), "--quiet");

    assertThat(cli.exit()).isEqualTo(3);
    assertThat(cli.err())
        .contains(
            "posts.csv: 2 rows (lines 2, 3): picture is \"missing.jpg\", \"other.jpg\"",
            "(--pictures FOLDER)",
            "posts.csv line 3: published is \"tomorrow\"");
  }

  @Test
  void aCommandThatNeedsAnotherFirstSaysSo() {
    Cli cli = Cli.run("study", "-w", folder.resolve("ws").toString(), "--quiet");

    assertThat(cli.exit()).isEqualTo(3);
    assertThat(cli.err()).contains("run anvil fit first");
  }

  @Test
  void theBundledPackIsSound() {
    Cli cli = Cli.run("models", "check");

    assertThat(cli.exit()).isZero();
    assertThat(cli.out()).contains("detector: sound", "encoder: sound");
  }

  @Test
  void theWorldDrawsTheSamePostsAgain() throws IOException {
    Path first = folder.resolve("a.csv");
    Path second = folder.resolve("b.csv");

    assertThat(Cli.run("world", "-o", first.toString()).exit()).isZero();
    assertThat(Cli.run("world", "-o", second.toString()).exit()).isZero();

    assertThat(Files.readString(first)).isEqualTo(Files.readString(second)).contains("likes");
  }
}
