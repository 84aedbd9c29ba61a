package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownLabelsTest {
  @TempDir Path folder;

  private final StudySpec study =
      StudyFile.parse(
          """
          anvil: study/1
          label_file: labels.csv
          factors:
            colour:
              element: car
              editor: recolor
              levels:
                red: {colour: "#b01020"}
                blue: {colour: "#1020b0"}
          """,
          "study.yaml");

  private KnownLabels read(String csv) throws IOException {
    Files.writeString(folder.resolve("labels.csv"), csv);
    return KnownLabels.read(study, folder, posts());
  }

  private List<Post> posts() {
    return Stream.of("p1", "p2", "p3")
        .map(
            id ->
                new Post(
                    id,
                    "hash" + id,
                    folder.resolve(id + ".jpg"),
                    LocalDateTime.of(2024, 5, 1, 12, 0),
                    Map.of("likes", 1.0),
                    Map.of()))
        .toList();
  }

  @Test
  void labelsAreReadByPostAndFactorAndUnknownOnesAreLeftOut() throws IOException {
    KnownLabels known = read("id,colour,notes\np1,red,nice\np2,,\np3,other,\n");
    assertThat(known.of(study.factors().get(0))).isEqualTo(Map.of("p1", "red", "p3", "other"));
  }

  @Test
  void aMistypedLevelIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("id,colour\np1,rde\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "labels.csv line 2: colour is \"rde\"; expected one of [red, blue], \"other\" for none"
                + " of them, or nothing where it is unknown");
  }

  @Test
  void aPostThatTheCampaignDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> read("id,colour\np9,red\np1,red\n"))
        .hasMessageContaining(
            "labels.csv: has 1 ids that the campaign does not have (\"p9\" in line 2)");
  }

  @Test
  void twoLabelsForOnePostAreRefused() {
    assertThatThrownBy(() -> read("id,colour\np1,red\np1,blue\n"))
        .hasMessageContaining(
            "labels.csv line 3: colour of post p1 is \"blue\" here and \"red\" above");
  }

  @Test
  void aTableWithoutIdsOrFactorsIsRefused() {
    assertThatThrownBy(() -> read("post,colour\np1,red\n"))
        .hasMessageContaining("labels.csv: has the columns [post, colour]; expected id");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> KnownLabels.read(study, folder.resolve("elsewhere"), posts()))
        .hasMessageContaining("label_file: found");
  }
}
