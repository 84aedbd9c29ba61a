package dev.anvil.study.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.OkLab;
import dev.anvil.segment.Subject;
import dev.anvil.study.starter.ColourLevels.Level;
import dev.anvil.study.starter.ColourLevels.Painted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourLevelsTest {
  private final List<Painted> posts = new ArrayList<>();

  private void paint(String hex, int times) {
    for (int i = 0; i < times; i++) {
      posts.add(new Painted(OkLab.ofHex(hex), posts.size()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "#b3161b, red", "#f0b81c, yellow", "#1f4fa8, blue", "#eceff1, white", "#16181b, black",
    "#83848a, grey", "#2d6a35, green", "#5b3a20, brown", "#ff8c1a, orange", "#d6b98c, beige"
  })
  void paintsAreCalledAsPeopleCallThem(String hex, String name) {
    assertThat(ColourName.of(OkLab.ofHex(hex)).word()).isEqualTo(name);
  }

  @Test
  void theCampaignsOwnPaintsAreTheLevels() {
    paint("#b0383c", 30);
    paint("#3852a2", 25);
    paint("#e0b23a", 7);

    ColourLevels colours = ColourLevels.of(posts);

    assertThat(colours.levels())
        .containsExactly(new Level("red", "#b0383c", 30), new Level("blue", "#3852a2", 25));
    assertThat(colours.others()).containsExactly(Map.entry("yellow", 7));
  }

  @Test
  void nearDuplicatesCountOnce() {
    for (int i = 0; i < 60; i++) {
      posts.add(new Painted(OkLab.ofHex("#b0383c"), i % 12));
    }

    assertThat(ColourLevels.of(posts).levels()).isEmpty();
    assertThat(ColourLevels.of(posts).others()).containsEntry("red", 12);
  }

  @Test
  void aColourWhosePostsTheLabelRuleGivesToAnotherIsNoLevel() {
    // by name these are twenty greys; most are nearer to the usual white
    paint("#e8e8e6", 40);
    paint("#b0b1b3", 9);
    paint("#a8a9ab", 1);
    paint("#5d5f64", 10);

    ColourLevels colours = ColourLevels.of(posts);

    assertThat(colours.levels())
        .allSatisfy(level -> assertThat(level.pictures()).isGreaterThanOrEqualTo(Enough.PICTURES));
  }

  @Test
  void fewColoursAreListedWithWhatTheyNeedInsteadOfAFactor() {
    paint("#b0383c", 12);
    paint("#3852a2", 3);

    StarterPart part = ColourPart.of(Subject.of("dog"), ColourLevels.of(posts));

    assertThat(part.factor()).isEmpty();
    assertThat(part.comment()).contains("20 different pictures", "red 12", "blue 3");
  }
}
