package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Combined factors, interactions and creatives that are added until intervals are narrow. */
class InteractionsTest {
  private static final int POSTS = 90;

  @TempDir Path folder;

  @Test
  void aStudyOfInteractionsAddsCreativesUntilItKnowsEnough() throws IOException {
    Path posts = SmallCampaign.write(folder, POSTS);
    String workspace = folder.resolve("work").toString();
    assertThat(Cli.run("import", posts.toString(), "-w", workspace, "--quiet").exit()).isZero();
    assertThat(Cli.run("fit", "-w", workspace, "--quiet").exit()).isZero();
    Path study =
        Files.writeString(
            folder.resolve("both.yaml"),
            """
            anvil: study/1
            metric: clicks
            sources:
              element: [car, truck, bus]
              count: 12
              min_coverage: 0.01
              stop: {half_width: 10, first: 6, step: 3}
            factors:
              colour:
                element: [car, truck, bus]
                editor: recolor
                levels:
                  red: {colour: "#b0383c"}
                  blue: {colour: "#3852a2"}
              people:
                element: background
                editor: blur
                levels: {blurred: {}}
              both:
                editor: combine
                levels:
                  red and blurred: {colour: red, people: blurred}
            interactions:
              red when blurred: {colour: [red, blue], people: blurred}
            """);

    Cli run = Cli.run("study", study.toString(), "-w", workspace, "--quiet");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("6 creatives: widest interval", "Stopped: the requested width is ± 1000.0 %.")
        .doesNotContain("9 creatives")
        .containsPattern("red when blurred +red \\+ blurred +blue \\+ as posted")
        .containsPattern("red when blurred +red \\+ blurred +the sum")
        .containsPattern("both +red and blurred +control");
    assertThat(Cli.run("report", "-w", workspace, "--quiet").exit()).isZero();
    assertThat(Files.readString(folder.resolve("work/report/report.html")))
        .contains("Red when blurred", "beyond the sum");

    Cli varied = Cli.run("sensitivity", study.toString(), "-w", workspace, "--quiet");
    assertThat(varied.err()).isEmpty();
    assertThat(varied.out()).contains("other folds", "half of the posts", "the other half");
    assertThat(Files.readAllLines(folder.resolve("work/sensitivity/sensitivity.csv")))
        .hasSize(1 + 5 * 6);
    assertThat(folder.resolve("work/sensitivity/sensitivity.html"))
        .content()
        .contains("data-spec=\"sensitivity\"", "How much survives");
  }
}
