package dev.anvil.engine.service.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedPicturesTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir Path folder;

  private Post post(String name) throws IOException {
    Path file = written(name, "the bytes of " + name);
    return new Post(
        name, Sha256.of(file), file, LocalDateTime.of(2024, 1, 1, 0, 0), Map.of(), Map.of());
  }

  private Path written(String name, String bytes) throws IOException {
    Path file = Files.writeString(folder.resolve(name), bytes);
    return Files.setLastModifiedTime(file, LONG_AGO);
  }

  @Test
  void namesEveryPictureThatWasReplacedAndTheRemedy() throws IOException {
    List<Post> posts = List.of(post("a.jpg"), post("b.jpg"), post("c.jpg"));
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      ReplacedPictures check = new ReplacedPictures(workspace.results());
      assertThatCode(() -> check.check(posts)).doesNotThrowAnyException();

      written("a.jpg", "of another length");
      Files.setLastModifiedTime(written("c.jpg", "the bytes of d.jpg"), FileTime.fromMillis(0));
      assertThatThrownBy(() -> check.check(posts))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("a.jpg: has changed", "c.jpg: has changed", "import the posts")
          .hasMessageNotContaining("b.jpg");

      written("a.jpg", "the bytes of a.jpg");
      written("c.jpg", "the bytes of c.jpg");
      assertThatCode(() -> check.check(posts)).doesNotThrowAnyException();
    }
  }

  @Test
  void doesNotReadAFileAgainThatHasItsSizeAndTime() throws IOException {
    List<Post> posts = List.of(post("a.jpg"));
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      ReplacedPictures check = new ReplacedPictures(workspace.results());
      check.check(posts);
      written("a.jpg", "the bytes of b.jpg");
      assertThatCode(() -> check.check(posts)).doesNotThrowAnyException();
    }
  }

  @Test
  void leavesAMissingFileToWhoeverReadsIt() throws IOException {
    List<Post> posts = List.of(post("a.jpg"));
    Files.delete(posts.get(0).picture());
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      ReplacedPictures check = new ReplacedPictures(workspace.results());
      assertThatCode(() -> check.check(posts)).doesNotThrowAnyException();
    }
  }
}
