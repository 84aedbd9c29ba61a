package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.TextEncoder;
import dev.anvil.image.Picture;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLabelsTest {
  private static final Factor COLOUR =
      StudyFile.parse(
              """
              anvil: study/1
              factors:
                colour:
                  element: picture
                  editor: none
                  levels:
                    red: {labels: {text: "a red car"}}
                    blue: {labels: {text: "a blue car"}}
              """,
              "study.yaml")
          .factors()
          .get(0);

  private static final float[][] PICTURES = {{1, .2f, 0, 9}, {.2f, 1, 0, 9}, {.3f, .2f, 1, 9}};

  @TempDir Path folder;

  /** One axis for red, one for blue, one for everything else. */
  private static final class Axes implements TextEncoder {
    @Override
    public String id() {
      return "axes";
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public float[][] encode(List<String> texts) {
      return texts.stream()
          .map(
              t ->
                  t.contains("red")
                      ? new float[] {1, 0, 0}
                      : t.contains("blue") ? new float[] {0, 1, 0} : new float[] {0, 0, 1})
          .toArray(float[][]::new);
    }

    @Override
    public void close() {
      // nothing to close
    }
  }

  private static List<Post> posts() {
    return List.of(post("p0"), post("p1"), post("p2"));
  }

  private static Post post(String id) {
    return new Post(
        id, id, Path.of("p.png"), LocalDateTime.of(2024, 1, 1, 12, 0), Map.of(), Map.of());
  }

  private boolean[] find(LabelRule rule, Optional<TextLabels> texts) {
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      return new LabelFinder(
              new SegmentationCache(new NoElements(), workspace.results()),
              workspace.results(),
              () -> texts)
          .find(rule, COLOUR, posts(), RunContext.NONE);
    }
  }

  private static final class NoElements implements Segmenter {
    @Override
    public String id() {
      return "none";
    }

    @Override
    public Segmentation segment(Picture picture, RunContext context) {
      throw new AssertionError("asked for elements");
    }

    @Override
    public void close() {
      // nothing to close
    }
  }

  @Test
  void postsLookLikeTheNearestOfTheLevelsDescriptions() {
    Optional<TextLabels> texts = Optional.of(new TextLabels(new Axes(), p -> PICTURES));
    assertThat(find(COLOUR.rule("red").orElseThrow(), texts)).containsExactly(true, false, true);
    assertThat(find(COLOUR.rule("blue").orElseThrow(), texts)).containsExactly(false, true, false);
  }

  @Test
  void aDescriptionAloneIsHeldAgainstAnythingElse() {
    TextLabels texts = new TextLabels(new Axes(), p -> PICTURES);
    assertThat(texts.find("a red car", List.of(), posts())).containsExactly(true, true, false);
  }

  @Test
  void withoutATextTowerTheMarkIsRefused() {
    assertThatThrownBy(() -> find(LabelRule.text("a red car"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("factor colour, labels")
        .hasMessageContaining("expected a model whose encoder has a text tower");
  }
}
