package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.Box;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFinderTest {
  private static final int SIDE = 32;
  private static final List<String> CAR = List.of("car");
  private static final Map<String, Object> RED = Map.of("colour", "#c02020");

  @TempDir Path folder;

  /** A car in the middle of every picture, a person where the first pixel is white. */
  private static final class Middle implements Segmenter {
    @Override
    public String id() {
      return "middle";
    }

    @Override
    public Segmentation segment(Picture picture, RunContext context) {
      Element car = element("car", new Box(8, 8, 24, 24));
      return new Segmentation(
          picture.get(0, 0, 0) == 255
              ? List.of(car, element("person", new Box(0, 0, 2, 2)))
              : List.of(car));
    }

    private static Element element(String label, Box box) {
      return new Element(label, 1, box, Masks.ofBox(SIDE, SIDE, box));
    }

    @Override
    public void close() {}
  }

  private Post post(String id, int red, int green, int blue, boolean person) throws IOException {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      boolean inside = x >= 8 && x < 24 && y >= 8 && y < 24;
      boolean white = person && x < 2 && y < 2;
      rgb[3 * i] = (byte) (white ? 255 : inside ? red : 90);
      rgb[3 * i + 1] = (byte) (white ? 255 : inside ? green : 110);
      rgb[3 * i + 2] = (byte) (white ? 255 : inside ? blue : 90);
    }
    Path file =
        Files.write(folder.resolve(id + ".png"), PictureWriter.png(new Picture(SIDE, SIDE, rgb)));
    return new Post(
        id,
        Sha256.of(file),
        file,
        LocalDateTime.of(2024, 1, 1, 0, 0),
        Map.of(),
        Map.of("setting", person ? "city" : "forest"));
  }

  @Test
  void thePlaceOfAPersonIsToldByThePicturesElements() throws IOException {
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    levels.put("none", Map.of("position", "none"));
    levels.put("G", Map.of("position", "G"));
    Factor person = factor("person", "insert", levels);
    assertThat(LabelFinder.usesElements(person)).isTrue();
    assertThat(LabelFinder.usesElements(factor("colour", "recolor", Map.of("red", RED)))).isFalse();
    for (boolean there : new boolean[] {true, false}) {
      Picture picture = PictureReader.DEFAULT.read(post("p" + there, 20, 30, 40, there).picture());
      assertThat(LabelFinder.inferred(person, new Middle().segment(picture, RunContext.NONE)))
          .isEqualTo(there ? "G" : "none");
    }
    Factor elsewhere = factor("person", "insert", Map.of("A", Map.of("position", "A")));
    Picture picture = PictureReader.DEFAULT.read(post("q", 20, 30, 40, true).picture());
    assertThat(LabelFinder.inferred(elsewhere, new Middle().segment(picture, RunContext.NONE)))
        .isEmpty();
  }

  /** Posters of a person: the one that they are about is not the one that stands beside it. */
  @Test
  void aPersonBesideAPersonIsToldFromTheMainOne() {
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    levels.put("none", Map.of("position", "none"));
    levels.put("D", Map.of("position", "D"));
    Factor beside =
        new Factor(
            "company",
            "Company",
            "{level}",
            List.of("person"),
            Optional.empty(),
            "insert",
            StudySpec.AVERAGE,
            1,
            levels,
            Map.of());
    Element main = Middle.element("person", new Box(2, 2, 6, 10));
    Element other = Middle.element("person", new Box(6, 2, 7, 9));
    assertThat(beside.rule("none").orElseThrow().words()).isEqualTo("no other person found");
    assertThat(LabelFinder.inferred(beside, new Segmentation(List.of(main)))).isEqualTo("none");
    assertThat(LabelFinder.inferred(beside, new Segmentation(List.of(main, other)))).isEqualTo("D");
  }

  private static Factor factor(
      String name, String editor, Map<String, Map<String, Object>> levels) {
    return new Factor(
        name,
        name,
        "{level}",
        CAR,
        Optional.empty(),
        editor,
        StudySpec.AVERAGE,
        1,
        levels,
        Map.of());
  }

  @Test
  void findsByMetadataElementAndPaint() throws IOException {
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    levels.put("red", RED);
    levels.put("orange", Map.of("colour", "#d05020"));
    Factor colour = factor("colour", "recolor", levels);
    List<Post> posts =
        List.of(
            post("red", 190, 34, 30, false),
            post("orange", 205, 78, 34, true),
            post("blue", 30, 40, 190, true));
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      LabelFinder finder =
          new LabelFinder(
              new SegmentationCache(new Middle(), workspace.results()),
              workspace.results(),
              Optional::empty);
      for (int round = 0; round < 2; round++) {
        assertThat(finder.find(colour.rule("red").orElseThrow(), colour, posts, RunContext.NONE))
            .containsExactly(true, false, false);
        assertThat(finder.find(colour.rule("orange").orElseThrow(), colour, posts, RunContext.NONE))
            .containsExactly(false, true, false);
      }
      assertThat(finder.find(LabelRule.element("person"), colour, posts, RunContext.NONE))
          .containsExactly(false, true, true);
      assertThat(finder.find(LabelRule.without("person"), colour, posts, RunContext.NONE))
          .containsExactly(true, false, false);
      assertThat(finder.find(LabelRule.place("person", "G"), colour, posts, RunContext.NONE))
          .containsExactly(false, true, true);
      assertThat(finder.find(LabelRule.place("person", "A"), colour, posts, RunContext.NONE))
          .containsOnly(false);
      assertThat(finder.find(LabelRule.where("setting", "forest"), colour, posts, RunContext.NONE))
          .containsExactly(true, false, false);
      assertThat(finder.find(LabelRule.where("country", "UK"), colour, posts, RunContext.NONE))
          .containsOnly(false);
    }
  }

  private static Optional<LabelRule> inserted(Map<String, Object> parameters) {
    return factor("person", "insert", Map.of("level", parameters)).rule("level");
  }

  @Test
  void anInsertedFigureIsLookedForWhereItIsPut() {
    assertThat(inserted(Map.of("position", "D"))).contains(LabelRule.place("person", "D"));
    assertThat(inserted(Map.of("position", "none", "label", "dog")))
        .contains(LabelRule.without("dog"));
    assertThat(inserted(Map.of())).isEmpty();
    assertThatThrownBy(() -> LabelRule.place("person", "Z"))
        .hasMessageContaining("expected one of [A");
  }

  @Test
  void aColourIsSixHexadecimalDigits() {
    assertThatThrownBy(() -> LabelRule.colour("red")).isInstanceOf(InvalidInputException.class);
    assertThat(LabelRule.colour("#c02020").words()).isEqualTo("colour near #c02020");
  }
}
