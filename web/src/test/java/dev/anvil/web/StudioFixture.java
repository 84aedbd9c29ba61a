package dev.anvil.web;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A studio that is really served, on a part of the showroom. */
final class StudioFixture implements AutoCloseable {
  static final Path HOME = Path.of(System.getProperty("anvil.home", "..")).toAbsolutePath();

  private final Anvil anvil;
  private final Studio studio;

  private StudioFixture(Path folder, StudioSettings settings) {
    this.anvil = Anvil.open(AnvilSettings.of(folder.resolve("work"), HOME.resolve("models")));
    this.studio = Studio.serve(anvil, settings, link -> {});
  }

  static StudioFixture serve(Path folder, StudioSettings settings) {
    return new StudioFixture(folder, settings);
  }

  static StudioFixture serve(Path folder, Path... folders) {
    return serve(folder, StudioSettings.local(0, folders));
  }

  Anvil anvil() {
    return anvil;
  }

  Studio studio() {
    return studio;
  }

  /** A client that has signed in. */
  Client signIn() throws IOException {
    return Client.signedIn(studio);
  }

  /** What a caption or an id may hold, for browsers, shells, spreadsheets and file systems. */
  static final List<String> HOSTILE =
      List.of(
          "\"><script>window.hacked=1</script>",
          "<img src=x onerror=window.hacked=1>",
          "=HYPERLINK(\"http://evil.example\",\"likes\")",
          "@SUM(1+1)*cmd|' /C calc'!A0",
          "../../../etc/passwd",
          "</script><svg onload=window.hacked=1>",
          "{{7*7}}${7*7}");

  /** Posts with likes that are higher for red cars, and their pictures; returns the table. */
  static Path posts(Path folder, int count) throws IOException {
    return posts(folder, 0, count);
  }

  /** The same without the first posts, which are older. */
  static Path posts(Path folder, int from, int count) throws IOException {
    Files.createDirectories(folder.resolve("pictures"));
    List<String> scenes =
        Files.readAllLines(HOME.resolve("showroom/campaign/posts.csv"), StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder csv = new StringBuilder("id,picture,published,channel,caption,likes\n");
    for (int i = from; i < from + count; i++) {
      String[] row = scenes.get(1 + i).split(",", -1);
      Path picture = HOME.resolve("showroom/campaign").resolve(row[1]);
      Files.copy(picture, folder.resolve(row[1]));
      csv.append(
          "%s,%s,%s,%s,%s,%d%n"
              .formatted(
                  quoted(i < HOSTILE.size() ? HOSTILE.get(i) : row[0]),
                  row[1],
                  LocalDate.of(2022, 1, 3).plusDays(3L * i),
                  row[3],
                  quoted(i % 2 == 0 ? HOSTILE.get(i / 2 % HOSTILE.size()) : "plain"),
                  Math.round(Double.parseDouble(row[5]) * Math.exp(.05 * random.nextGaussian()))));
    }
    return Files.writeString(folder.resolve("posts.csv"), csv);
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Override
  public void close() {
    studio.close();
    anvil.close();
  }
}
