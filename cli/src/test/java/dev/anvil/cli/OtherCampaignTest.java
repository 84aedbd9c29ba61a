package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole corridor on a campaign that Anvil does not know: other column names, other metric, some
 * bad rows, no study file.
 */
class OtherCampaignTest {
  private static final int POSTS = 90;

  @TempDir Path folder;

  @Test
  void aFolderOfPicturesAndACsvRunThroughImportFitStudyAndReport() throws IOException {
    Path posts = SmallCampaign.write(folder, POSTS);
    String workspace = folder.resolve("work").toString();

    Cli imported = run("import", posts.toString(), "-w", workspace);
    assertThat(imported.out())
        .contains("Imported " + POSTS + " posts")
        .contains("2 of 92 rows cannot be used");
    assertThat(folder.resolve("work/quarantine.csv"))
        .content()
        .contains("no-such-picture.jpg", "\"clicks is \"\"many\"\"");

    assertThat(run("fit", "-w", workspace).out()).contains("ridge", "temporal", "grouped");
    Cli study = run("study", "-w", workspace);
    assertThat(study.out()).contains("not proven on people");
    assertThat(folder.resolve("work/study.yaml"))
        .content()
        .contains("metric: clicks", "different pictures");

    assertThat(run("report", "-w", workspace).exit()).isZero();
    String report = Files.readString(folder.resolve("work/report/report.html"));
    assertThat(report.contains("clicks") && report.contains("</html>")).isTrue();
    assertThat(folder.resolve("work/report/effects.csv")).content().startsWith("factor");

    String again = run("study", "-w", workspace, "--json").out();
    JsonNode effects = Common.mapper().readTree(again).get("effects");
    assertThat(effects.get(0).get("modelAlone").get("point").isNumber()).isTrue();
    assertThat(Common.mapper().readTree(again).get("notes").isArray()).isTrue();
    assertThat(folder.resolve("work/report/effects.csv")).content().contains("model_alone");
    assertThat(effects.get(0).get("relative").get("point").isNumber()).isTrue();
    assertThat(run("study", "-w", workspace).out()).isEqualTo(study.out());

    String picture = folder.resolve("creatives/a3.jpg").toString();
    Cli predicted = run("predict", picture, "-w", workspace, "--set", "channel=web");
    assertThat(run("score", picture, "-w", workspace, "--set", "channel=web")).isEqualTo(predicted);
    assertThat(predicted.out()).contains("Expected clicks if posted on", "90 % interval", "a3.jpg");

    Cli asked = Cli.run("ask", "a red car", "a blue car", "-w", workspace, "--quiet");
    assertThat(asked.exit()).isEqualTo(1);
    assertThat(asked.out()).contains("Not answered: ", "right picture of two held-out ones");
  }

  private static Cli run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--quiet");
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exit()).isZero();
    return cli;
  }
}
