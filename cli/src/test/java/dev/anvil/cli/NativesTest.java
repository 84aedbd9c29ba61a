package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a cache of native libraries. */
@DisabledOnOs(OS.WINDOWS)
class NativesTest {
  @TempDir Path folder;

  @Test
  @Timeout(240)
  void twoProcessesAtOnceFillTheCacheAndAKilledOneLeavesNoLibraryBehind() throws Exception {
    Path natives = folder.resolve("natives");
    Path picture = SmallCampaign.write(folder, 1).resolveSibling("a0.jpg");
    Process killed = embed(natives, picture, "w0");
    while (files(natives).stream().noneMatch(f -> f.endsWith(".partial"))) {
      assertThat(killed.isAlive()).as(Files.readString(folder.resolve("w0.err"))).isTrue();
      Thread.onSpinWait();
    }
    killed.destroyForcibly().waitFor();

    Process one = embed(natives, picture, "w1");
    Process two = embed(natives, picture, "w2");
    assertThat(one.waitFor()).as(Files.readString(folder.resolve("w1.err"))).isZero();
    assertThat(two.waitFor()).as(Files.readString(folder.resolve("w2.err"))).isZero();
    assertThat(Files.readString(folder.resolve("w1.csv")))
        .isEqualTo(Files.readString(folder.resolve("w2.csv")));
    assertThat(files(natives))
        .anyMatch(f -> f.contains("onnxruntime4j"))
        .anyMatch(f -> f.contains("sqlitejdbc"))
        .noneMatch(f -> f.endsWith(".partial"));
    assertThat(files(folder.resolve("tmp"))).isEmpty();
  }

  @Test
  @Timeout(240)
  void withoutACacheThatIsSaidAndEverythingWorks() throws Exception {
    Path noFolder = Files.write(folder.resolve("file"), new byte[0]);
    Path picture = SmallCampaign.write(folder, 1).resolveSibling("a0.jpg");
    assertThat(embed(noFolder, picture, "w").waitFor()).isZero();
    assertThat(Files.readAllLines(folder.resolve("w.err")))
        .filteredOn(line -> line.contains("no cache of native libraries"))
        .singleElement()
        .asString()
        .contains(noFolder.toString(), "ANVIL_NATIVES names another folder");
    assertThat(folder.resolve("w.csv")).isNotEmptyFile();
  }

  private Process embed(Path natives, Path picture, String name) throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-Danvil.home=" + Main.home(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "embed",
                picture.toString(),
                "--quiet",
                "-w",
                folder.resolve(name).toString(),
                "-o",
                folder.resolve(name + ".csv").toString())
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .redirectError(folder.resolve(name + ".err").toFile());
    process.environment().put("ANVIL_NATIVES", natives.toString());
    return process.start();
  }

  private static List<String> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // a file went while they were listed
    }
  }
}
