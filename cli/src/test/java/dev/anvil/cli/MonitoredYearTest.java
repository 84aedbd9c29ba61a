package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year of weekly imports and monitors, some of them processes of their own and some killed. Each
 * week brings a post without clicks, and the clicks of the week before.
 */
@DisabledOnOs(OS.WINDOWS)
class MonitoredYearTest {
  private static final int FITTED = 60;
  private static final int WEEKS = 52;

  /** Weeks between monitors; imports come every week. */
  private static final int EVERY = 26;

  private static final LocalDate BEGIN = LocalDate.of(2023, 6, 5);

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void killedOrNotNothingIsLostAndNothingIsScoredAfterItsMetricWasKnown() throws Exception {
    Path posts = SmallCampaign.write(folder, FITTED);
    assertThat(cli("import", posts.toString(), "--name", "Spring", "--min-age", "0")).isZero();
    assertThat(cli("fit", "--quiet")).isZero();

    for (int week = 0; week < WEEKS; week++) {
      Path rows = week(week);
      String[] adds = {"import", rows.toString(), "--name", "Spring", "--append", "--min-age", "0"};
      if (week % EVERY == 0) {
        kill(adds);
      }
      assertThat(cli(adds)).as("import of week %d", week).isZero();
      if (week % EVERY == 1) {
        kill("monitor");
        Process first = process("monitor", "--quiet", "--report", path("first.html"));
        Process second = process("monitor", "--quiet", "--report", path("second.html"));
        assertThat(first.waitFor()).isIn(0, Main.ALARM);
        assertThat(second.waitFor()).isIn(0, Main.ALARM);
      }
    }

    Cli result = Cli.run("monitor", "--json", "-w", path("workspace"));
    JsonNode found = new ObjectMapper().readTree(result.out()).get("evidence");
    assertThat(found.get("posts").get("all").asInt()).isEqualTo(WEEKS);
    assertThat(found.get("posts").get("waiting").asInt()).isEqualTo(1);
    // of each monitored week the newest post was predicted before its clicks came
    assertThat(found.get("promise").get("posts").asInt()).isEqualTo(WEEKS / EVERY);
    assertThat(found.get("afterwards").get("posts").asInt()).isEqualTo(WEEKS - 1 - WEEKS / EVERY);
  }

  private int cli(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-w", path("workspace")));
    return Cli.run(all.toArray(String[]::new)).exit();
  }

  /** The table of a week: a new post, and the clicks of the one before. */
  private Path week(int week) throws IOException {
    Path creatives = folder.resolve("creatives");
    Files.copy(
        creatives.resolve("a" + week % FITTED + ".jpg"), creatives.resolve("w" + week + ".jpg"));
    StringBuilder csv = new StringBuilder("id;asset;posted at;channel;paint;clicks\n");
    if (week > 0) {
      csv.append(row(week - 1, Integer.toString(400 + 7 * week % 90)));
    }
    csv.append(row(week, ""));
    return Files.writeString(creatives.resolve("week.csv"), csv);
  }

  private static String row(int week, String clicks) {
    return "w%d;w%d.jpg;%s 12:30;web;red;%s%n".formatted(week, week, BEGIN.plusWeeks(week), clicks);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Process process(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Danvil.home=" + Main.home(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    command.addAll(List.of("-w", path("workspace")));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log.txt").toFile()))
        .start();
  }

  /** Kills a command as kill -9 does, when it has begun to say how far it is. */
  private void kill(String... args) throws Exception {
    Process process = process(args);
    try (BufferedReader said = process.errorReader()) {
      String line = said.readLine();
      while (line != null && line.startsWith("SLF4J")) {
        line = said.readLine();
      }
      assertThat(process.isAlive()).as("%s, after \"%s\"", args[0], line).isTrue();
      process.destroyForcibly().waitFor();
    }
  }
}
