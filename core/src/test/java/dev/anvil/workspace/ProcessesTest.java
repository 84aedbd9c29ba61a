package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.Seeds;
import dev.anvil.store.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed, and that write at once. */
class ProcessesTest {
  @TempDir Path temp;

  @Test
  void nothingThatWasAcknowledgedIsLostWhenAProcessIsKilledAtAnyMoment() throws Exception {
    SplittableRandom random = Seeds.random(1, "kill");
    int acknowledged = 0;
    for (int round = 0; round < 3; round++) {
      Path output = temp.resolve("output " + round);
      Process process = WritingProcess.start(output, folder(), acknowledged, Integer.MAX_VALUE, 1);
      while (acknowledgedIn(output) <= acknowledged) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(5, 200));
      process.destroyForcibly().waitFor();
      acknowledged = acknowledgedIn(output);
      Thread.sleep(WritingProcess.LEASE.toMillis());
      try (Workspace workspace = Workspace.open(folder())) {
        verify(workspace, acknowledged);
        assertThat(workspace.runs().list())
            .singleElement()
            .satisfies(run -> assertThat(run.state()).isEqualTo(Run.State.INTERRUPTED));
      }
    }
    Process last =
        WritingProcess.start(temp.resolve("output"), folder(), acknowledged, acknowledged + 1, 1);
    assertThat(last.waitFor()).isZero();
    try (Workspace workspace = Workspace.open(folder())) {
      verify(workspace, acknowledged + 1);
      assertThat(workspace.runs().list())
          .singleElement()
          .satisfies(run -> assertThat(run.state()).isEqualTo(Run.State.FINISHED));
    }
  }

  @Test
  void twoProcessesWriteOneWorkspaceAtOnceAndNothingIsLost() throws Exception {
    int count = 60;
    Process even = WritingProcess.start(temp.resolve("even"), folder(), 0, count, 2);
    Process odd = WritingProcess.start(temp.resolve("odd"), folder(), 1, count, 2);
    assertThat(even.waitFor()).isZero();
    assertThat(odd.waitFor()).isZero();
    try (Workspace workspace = Workspace.open(folder())) {
      verify(workspace, count);
      assertThat(workspace.embeddings("test encoder", WritingProcess.DIMENSION).size())
          .isEqualTo(2 * count);
      assertThat(workspace.runs().list())
          .hasSize(2)
          .allSatisfy(run -> assertThat(run.state()).isEqualTo(Run.State.FINISHED));
    }
  }

  private Path folder() {
    return temp.resolve("workspace");
  }

  /** One more than the last number whose whole line was printed. */
  private static int acknowledgedIn(Path output) throws Exception {
    String text = Files.readString(output);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    return lines.isEmpty() ? 0 : Integer.parseInt(lines.get(lines.size() - 1)) + 1;
  }

  private static void verify(Workspace workspace, int count) {
    FileEmbeddingStore embeddings = workspace.embeddings("test encoder", WritingProcess.DIMENSION);
    assertThat(embeddings.damaged()).isZero();
    long run = workspace.runs().list().get(0).id();
    boolean oneRun = workspace.runs().list().size() == 1;
    IntStream.range(0, count)
        .forEach(
            i -> {
              String key = WritingProcess.key(i, "a");
              assertThat(embeddings.get(key)).contains(WritingProcess.row(i));
              assertThat(embeddings.get(WritingProcess.key(i, "b")))
                  .contains(WritingProcess.row(-i));
              assertThat(workspace.results().get("variant", key)).contains("result " + i);
              if (oneRun) {
                assertThat(workspace.artefacts().blob(run, "blob " + i))
                    .contains(WritingProcess.blob(i));
              }
            });
    // Also what was written and not acknowledged is whole or absent.
    workspace.blobs().list().forEach(hash -> assertThat(workspace.blobs().get(hash)).isPresent());
  }
}
