package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Recolor;
import dev.anvil.image.Mask;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelClassifierTest {
  private static final List<String> LEVELS = List.of("red", "green", "blue");
  private static final int SOURCES = 20;
  private static final int COLUMNS = 12;

  private final SplittableRandom random = Seeds.random(6, "levels");
  private final Factor factor = factor("recolor");

  private static Factor factor(String editor) {
    return factor(editor, StudySpec.AVERAGE);
  }

  private static Factor factor(String editor, String reference) {
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    LEVELS.forEach(level -> levels.put(level, Map.of()));
    return new Factor(
        "colour",
        "Colour",
        "{level} cars",
        List.of("car"),
        Optional.empty(),
        editor,
        reference,
        1,
        levels,
        Map.of());
  }

  private float[] picture(int level, double strength) {
    float[] picture = new float[COLUMNS];
    for (int k = 0; k < COLUMNS; k++) {
      picture[k] = (float) (.5 * random.nextGaussian() + (k == level ? strength : 0));
    }
    return picture;
  }

  /** Cells of each source and level, and a picture of each. */
  private record Variants(List<Cell> cells, Matrix pictures) {}

  private Variants variants(Factor of, double strength) {
    List<Cell> cells = new ArrayList<>();
    List<float[]> variants = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      Source source =
          new Source(
              new Post(
                  "p" + i,
                  "c" + i,
                  Path.of("p.png"),
                  LocalDateTime.of(2024, 1, 1, 12, 0),
                  Map.of(),
                  Map.of()),
              i,
              Mask.full(1, 1),
              Optional.empty());
      for (int level = 0; level < LEVELS.size(); level++) {
        cells.add(
            new Cell(
                i,
                source,
                of,
                LEVELS.get(level),
                0,
                1,
                new Recolor("#c01818"),
                level + "-" + i,
                Optional.empty()));
        variants.add(picture(level, strength));
      }
    }
    return new Variants(cells, Matrix.of(variants.toArray(float[][]::new)));
  }

  private LevelClassifier.Found find(double strength, int[] truth) {
    Variants variants = variants(factor, strength);
    float[][] pictures = new float[truth.length][];
    for (int i = 0; i < truth.length; i++) {
      pictures[i] = picture(truth[i], strength);
    }
    return LevelClassifier.find(
        factor, variants.cells(), variants.pictures(), Matrix.of(pictures), 3, RunContext.NONE);
  }

  private Optional<String> doubt(String editor, double strength) {
    Factor painted = factor(editor);
    Variants variants = variants(painted, strength);
    return PaintedLevels.doubt(painted, variants.cells(), variants.pictures(), 3, RunContext.NONE);
  }

  @Test
  void variantsTellWhatPostsShow() {
    int[] truth = random.ints(300, 0, 3).toArray();
    LevelClassifier.Found found = find(3, truth);
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += found.column().values().get(i).equals(LEVELS.get(truth[i])) ? 1 : 0;
    }
    assertThat(found.column().name()).isEqualTo("colour");
    assertThat(right).isGreaterThan(280);
    assertThat(found.accuracy()).isGreaterThan(.9);
    assertThat(found.isUsable()).isTrue();
  }

  @Test
  void paintedLevelsThatPostsDoNotShowAreDoubted() {
    assertThat(PaintedLevels.doubtOnPosts(factor("diffusion"), .4).orElseThrow())
        .startsWith("colour: look at the variants")
        .contains("in 40 % of the posts (chance: 33 %)");
    assertThat(PaintedLevels.doubtOnPosts(factor("diffusion"), .8)).isEmpty();
    assertThat(PaintedLevels.doubtOnPosts(factor("recolor"), .4)).isEmpty();
  }

  @Test
  void nullEditsOfNetworksAreDoubtedAsAReference() {
    assertThat(PaintedLevels.doubtReference(factor("diffusion", StudySpec.CONTROL)).orElseThrow())
        .startsWith("colour: effects are compared with null edits");
    assertThat(PaintedLevels.doubtReference(factor("diffusion", StudySpec.AVERAGE))).isEmpty();
    assertThat(PaintedLevels.doubtReference(factor("recolor", StudySpec.CONTROL))).isEmpty();
  }

  @Test
  void levelsThatLookAlikeAreNotUsable() {
    LevelClassifier.Found found = find(0, new int[] {0, 1, 2});
    assertThat(found.accuracy()).isBetween(.1, .5);
    assertThat(found.isUsable()).isFalse();
  }

  @Test
  void levelsThatANetworkDidNotPaintAreDoubted() {
    assertThat(doubt("diffusion", 0).orElseThrow())
        .startsWith("colour: look at the variants")
        .contains("(chance: 33 %)");
    assertThat(doubt("diffusion", 3)).isEmpty();
  }

  @Test
  void levelsOfAnEditorThatPaintsThemForSureAreNotDoubted() {
    assertThat(doubt("recolor", 0)).isEmpty();
  }
}
