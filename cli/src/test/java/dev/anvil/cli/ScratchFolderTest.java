package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave in the temporary folder where libraries have no cache. */
@DisabledOnOs(OS.WINDOWS)
class ScratchFolderTest {
  @TempDir Path folder;

  @Test
  @Timeout(240)
  void whatKilledRunsLeaveIsDeletedByTheNextThatIsAlone() throws Exception {
    Path posts = SmallCampaign.write(folder, 30);
    Path temporary = Files.createDirectory(folder.resolve("anvil-temporary"));
    assertThat(start(temporary, "import", posts.toString()).waitFor()).isZero();
    assertThat(left(temporary)).isEmpty();

    Process running = start(temporary, "fit", "--quiet");
    awaitLibraries(running, temporary);
    List<String> used = left(temporary);
    assertThat(start(temporary, "version").waitFor()).isZero();
    assertThat(left(temporary)).containsAll(used);

    running.destroyForcibly().waitFor();
    assertThat(start(temporary, "version").waitFor()).isZero();
    assertThat(left(temporary)).isEmpty();
  }

  @Test
  void theFolderOfOtherProgramsIsLeftAlone() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path other = Files.createFile(temporary.resolve("other.so"));
    assertThat(start(temporary, "version").waitFor()).isZero();
    assertThat(other).exists();
  }

  private void awaitLibraries(Process process, Path temporary) throws Exception {
    while (left(temporary).stream().noneMatch(f -> f.contains("onnxruntime4j"))) {
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("err.txt"))).isTrue();
      Thread.sleep(10);
    }
  }

  private static List<String> left(Path temporary) throws IOException {
    try (Stream<Path> files = Files.find(temporary, 4, (f, a) -> a.isRegularFile())) {
      return files.map(Path::toString).filter(f -> !f.endsWith("in-use")).toList();
    }
  }

  private Process start(Path temporary, String... arguments) throws IOException {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary,
            "-Danvil.home=" + Main.home(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    ProcessBuilder process =
        new ProcessBuilder(Stream.concat(java, Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    process.environment().put("ANVIL_NATIVES", noFolder().toString());
    return process.start();
  }

  private Path noFolder() throws IOException {
    return Files.write(folder.resolve("no-folder"), new byte[0]);
  }
}
