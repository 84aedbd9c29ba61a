package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.store.ArtefactStore;
import dev.anvil.store.Run;
import dev.anvil.workspace.Difference.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferenceTest {
  @TempDir Path folder;

  @Test
  void theOrderOfFieldsAndTheSpellingOfNumbersDoNotCount() {
    assertThat(Difference.between("a", "{\"x\":1.50,\"y\":[1]}", "{\"y\":[1.0],\"x\":15e-1}"))
        .isEmpty();
  }

  @Test
  void numbersAreComparedToTheLastDigit() {
    assertThat(
            Difference.between("a", "{\"x\":[0,0.1]}", "{\"x\":[0,0.10000000000000000000000001]}"))
        .containsExactly(new Difference("a/x/1", "0.1", "0.10000000000000000000000001"));
  }

  @Test
  void whatOneHasAndTheOtherHasNotIsNamed() {
    assertThat(Difference.between("a", "{\"x\":[1,2],\"n\":null}", "{\"x\":[1],\"z\":\"new\"}"))
        .containsExactly(
            new Difference("a/n", "null", "nothing"),
            new Difference("a/x/1", "2", "nothing"),
            new Difference("a/z", "nothing", "\"new\""));
    assertThat(Difference.between("a", "{\"x\":[1]}", "{\"x\":\"1\"}"))
        .containsExactly(new Difference("a/x", "[1]", "\"1\""));
  }

  @Test
  void filesAreComparedByTheBytesThatAreThere() throws IOException {
    try (Workspace workspace = Workspace.open(folder.resolve("work"))) {
      ArtefactStore store = workspace.artefacts();
      long first = begin(workspace, "one");
      long second = begin(workspace, "two");
      String hash = store.putBlob(first, "model", new byte[] {1, 2});
      store.putBlob(second, "model", new byte[] {1, 2});
      store.putJson(first, "table", "[1]");
      store.putJson(second, "table", "[1]");
      Artefacts was = new Artefacts(store, first);
      Artefacts is = new Artefacts(store, second);
      assertThat(Difference.between(was, is)).isEmpty();

      String other = store.putBlob(second, "model", new byte[] {1, 3});
      assertThat(Difference.between(was, is))
          .containsExactly(new Difference("model", "SHA-256 " + hash, "SHA-256 " + other));

      Files.delete(workspace.blobs().path(other));
      assertThat(Difference.between(was, is))
          .containsExactly(new Difference("model", "SHA-256 " + hash, "nothing"));
      store.putJson(second, "more", "{}");
      assertThat(Difference.between(was, is).get(1))
          .isEqualTo(new Difference("more", "nothing", "JSON"));
    }
  }

  private static long begin(Workspace workspace, String command) {
    return workspace.runs().submit(Run.Request.of(command, "{}", 1, "test")).id();
  }
}
