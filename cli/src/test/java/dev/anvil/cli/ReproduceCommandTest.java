package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.Sha256;
import dev.anvil.store.Run;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  private static final String STUDY =
      """
      anvil: study/1
      metric: clicks
      sources: {element: background, count: 6, max_coverage: 1}
      factors:
        tone: {element: picture, editor: tone, levels: {warm: {colour: "#d08040"}}}
      """;

  @TempDir Path folder;

  @Test
  void aFitAndAStudyComeOutTheSameAndWhatWasTamperedWithIsFound() throws IOException {
    Path posts = SmallCampaign.write(folder, 60);
    run("import", posts.toString());
    run("fit");
    Path study = Files.writeString(folder.resolve("tone.yaml"), STUDY);
    assertThat(run("study", study.toString()).err())
        .contains("factor tone: its editor is tone", "fit one with --tones first");
    run("fit", "--tones");
    run("study", study.toString());
    List<Run> before = runs();
    long fit = id(before, "fit");
    long studied = id(before, "study");

    Cli newest = run("reproduce");
    assertThat(newest.out())
        .contains("Run %d (study)".formatted(studied), "reused", "no difference");
    assertThat(newest.exit()).isZero();
    assertThat(run("reproduce", Long.toString(fit)).out()).contains("(fit)", "no difference");
    for (long run : new long[] {fit, studied}) {
      Cli scratch = run("reproduce", Long.toString(run), "--from-scratch");
      assertThat(scratch.err()).isEmpty();
      assertThat(scratch.out()).contains("everything computed again", "no difference");
      assertThat(scratch.exit()).isZero();
    }
    assertThat(runs().stream().filter(r -> !r.request().command().equals("reproduce")).toList())
        .isEqualTo(before);
    try (Stream<Path> left = Files.list(folder.resolve("work"))) {
      assertThat(left).noneMatch(p -> p.getFileName().toString().startsWith("reproduce"));
    }

    tamperWithResult(studied);
    JsonNode found =
        Common.mapper().readTree(run("reproduce", Long.toString(studied), "--json").out());
    assertThat(found.get("differences")).hasSize(1);
    assertThat(found.get("differences").get(0).get("path").asText()).isEqualTo("study/pictures");
    Files.writeString(study, STUDY + "seed: 2\n");
    assertThat(run("reproduce", Long.toString(studied)).out()).contains("1 difference");
    tamperWithRegressor(fit); // last, as a study cannot be done again with a damaged model
    Cli damaged = run("reproduce", Long.toString(fit));
    assertThat(damaged.exit()).isEqualTo(1);
    assertThat(damaged.out())
        .contains("regressor: was SHA-256 " + Sha256.of(new byte[] {1}), "; is SHA-256 ")
        .contains("1 difference");

    postsOfAFitStayAsTheyWere(posts, fit);
  }

  private void postsOfAFitStayAsTheyWere(Path posts, long fit) throws IOException {
    Files.writeString(posts, Files.readString(posts).replace("a3.jpg;", "a4.jpg;"));
    run("import", posts.toString());
    assertThat(run("reproduce", Long.toString(fit)).out()).contains("1 difference");
    assertThat(run("reproduce", "99").err()).contains("run 99: is not in this workspace");
    long reproduction = id(runs(), "reproduce");
    assertThat(run("reproduce", Long.toString(reproduction)).err())
        .contains("is of \"reproduce\", which is not reproducible by command");
  }

  @Test
  void aWorkspaceWithoutRunsSaysSo() {
    Cli cli = run("reproduce");
    assertThat(cli.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(cli.err()).contains("no finished run of fit or study");
  }

  private void tamperWithResult(long study) throws IOException {
    try (Workspace workspace = Workspace.open(folder.resolve("work"))) {
      ObjectNode result =
          (ObjectNode)
              Common.mapper().readTree(workspace.artefacts().json(study, "study").orElseThrow());
      workspace.artefacts().putJson(study, "study", result.put("pictures", 1).toPrettyString());
    }
  }

  private void tamperWithRegressor(long fit) {
    try (Workspace workspace = Workspace.open(folder.resolve("work"))) {
      workspace.artefacts().putBlob(fit, "regressor", new byte[] {1});
    }
  }

  private List<Run> runs() {
    try (Workspace workspace = Workspace.open(folder.resolve("work"))) {
      return workspace.runs().list();
    }
  }

  private static long id(List<Run> runs, String command) {
    return runs.stream()
        .filter(r -> r.request().command().equals(command))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--quiet", "-w", folder.resolve("work").toString()));
    return Cli.run(all.toArray(String[]::new));
  }
}
