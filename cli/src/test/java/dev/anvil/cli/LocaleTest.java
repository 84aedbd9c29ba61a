package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and names do not depend on the machine's language. */
class LocaleTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"ar,EG", "tr,TR", "th,TH"})
  @Timeout(240)
  void aMachineOfAnyLanguageWritesTheSame(String language, String country) throws Exception {
    Path posts = SmallCampaign.write(folder, 12);
    assertThat(run(language, country, "import", posts.toString()))
        .isEqualTo(run("en", "US", "import", posts.toString()));
    assertThat(names(language)).isEqualTo(names("en")).allMatch(n -> n.matches("\\p{ASCII}*"));
  }

  private List<String> names(String language) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(language))) {
      return files.map(f -> f.getFileName().toString()).skip(1).sorted().toList();
    }
  }

  private String run(String language, String country, String... arguments) throws Exception {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.language=" + language,
            "-Duser.country=" + country,
            "-Danvil.home=" + Main.home(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    Path at = Files.createDirectories(folder.resolve(language));
    Path out = folder.resolve(language + ".out");
    Process process =
        new ProcessBuilder(Stream.concat(java, Stream.of(arguments)).toList())
            .directory(at.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err.txt"))).isZero();
    return Files.readString(out);
  }
}
