package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostDescriptionsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tags.csv"), text);
  }

  @Test
  void severalColumnsAreNamedAndOneIsTakenAsItIs() throws IOException {
    Path file = file("id;colour;setting;text\np1;red;forest;Out there\np2;blue;;\n");
    PostDescriptions tags = PostDescriptions.read(file, List.of("colour", "setting"));
    assertThat(tags.sentence("p1")).contains("colour red, setting forest");
    assertThat(tags.sentence("p2")).contains("colour blue");
    assertThat(tags.sentence("p3")).isEmpty();
    assertThat(PostDescriptions.read(file, List.of("text")).sentence("p1")).contains("Out there");
    assertThat(PostDescriptions.read(file, List.of("text")).sentence("p2")).isEmpty();
  }

  @Test
  void unknownColumnsAndShortLinesAreAllNamed() throws IOException {
    Path file = file("id,colour\np1,red\np2\n");
    assertThatThrownBy(() -> PostDescriptions.read(file, List.of("hue", "place")))
        .hasMessageContaining("expected hue among them")
        .hasMessageContaining("expected place among them")
        .hasMessageContaining("line 3")
        .hasMessageContaining("has 1 fields; expected 2");
    assertThatThrownBy(() -> PostDescriptions.read(file("post,colour\np1,red\n"), List.of()))
        .hasMessageContaining("expected id among them");
  }
}
