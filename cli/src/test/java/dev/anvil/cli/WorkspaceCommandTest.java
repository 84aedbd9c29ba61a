package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.store.Run;
import dev.anvil.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCommandTest {
  @TempDir Path folder;

  private Cli run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "workspace";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "-w";
    all[all.length - 1] = folder.resolve("ws").toString();
    return Cli.run(all);
  }

  @Test
  void damageIsFoundAndMended() throws Exception {
    Path blob;
    try (Workspace workspace = Workspace.open(folder.resolve("ws"))) {
      blob = workspace.blobs().path(workspace.blobs().put(new byte[] {1, 2, 3}));
    }
    assertThat(run("check").exit()).isZero();
    assertThat(run("check").out()).contains("Nothing is damaged.");
    Files.write(blob, new byte[] {1, 2, 4});
    Cli damaged = run("check");
    assertThat(damaged.exit()).isEqualTo(1);
    assertThat(damaged.out())
        .contains("blob " + blob + ": does not have the bytes that its name promises");
    assertThat(run("repair").out()).startsWith("Dropped:");
    assertThat(blob).doesNotExist();
    assertThat(run("repair").out()).isEqualTo("Nothing is damaged.\n");
  }

  @Test
  void sizesAndWhatWouldBeCleanedArePrintedAsJson() throws Exception {
    try (Workspace workspace = Workspace.open(folder.resolve("ws"))) {
      workspace.results().put("segmentation", "k", new byte[100]);
      long id = workspace.runs().submit(Run.Request.of("fit", "{}", 1, "0.1")).id();
      workspace.runs().claim(id, "a", Duration.ofMinutes(1));
      workspace.artefacts().putBlob(id, "model", new byte[50]);
      workspace.runs().fail(id, "a", new Run.Failure("INTERNAL", "no"));
    }
    JsonNode sizes = new ObjectMapper().readTree(run("size", "--json").out());
    assertThat(sizes)
        .anySatisfy(
            size -> {
              assertThat(size.path("name").asText()).isEqualTo("segmentation");
              assertThat(size.path("bytes").asLong()).isEqualTo(100);
            });
    JsonNode would = new ObjectMapper().readTree(run("clean", "--dry-run", "--json").out());
    assertThat(would.path("dryRun").asBoolean()).isTrue();
    assertThat(would.path("removals")).hasSize(2);
    assertThat(run("clean").out()).contains("blob: 1", "run: 1", "Freed ");
    assertThat(run("clean").out()).isEqualTo("Freed 0.0 MB\n");
  }

  @Test
  void aFolderThatIsNotThereIsNotMade() {
    Cli cli = run("check");
    assertThat(cli.exit()).isNotZero();
    assertThat(cli.err()).contains("does not exist; expected a workspace");
    assertThat(folder.resolve("ws")).doesNotExist();
  }
}
