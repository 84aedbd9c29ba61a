package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsertCutoutTest extends EditorContract {
  @TempDir static Path folder;

  private static InsertCutout at(String position) {
    return new InsertCutout(position, "person", Scene.figures(folder));
  }

  @Override
  Editor editor() {
    return at("C");
  }

  /** Where the drawn figures show: green or magenta, which nothing else in the scene is. */
  private static Mask figure(Picture picture) {
    float[] out = new float[picture.width() * picture.height()];
    for (int i = 0; i < out.length; i++) {
      int r = picture.rgb()[i * 3] & 255;
      int g = picture.rgb()[i * 3 + 1] & 255;
      int b = picture.rgb()[i * 3 + 2] & 255;
      out[i] = g - Math.max(r, b) > 60 || Math.min(r, b) - g > 60 ? 1 : 0;
    }
    return new Mask(picture.width(), picture.height(), out);
  }

  @ParameterizedTest
  @CsvSource({"A,36", "B,75", "C,114", "D,117", "H,32"})
  void standsTheFigureAtItsPlace(String position, double x) {
    Edited edited = at(position).edit(Scene.request("b81c1c", false, 1), RunContext.NONE);
    Box figure = figure(edited.picture()).bounds().orElseThrow();
    assertThat((figure.left() + figure.right()) / 2).isCloseTo(x, within(4.0));
    assertThat(figure.height()).isCloseTo(40, within(6.0));
  }

  @ParameterizedTest
  @CsvSource({"E", "F", "G"})
  void hidesFiguresAtTheBackBehindTheCarInPart(String position) {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Mask figure = figure(at(position).edit(request, RunContext.NONE).picture());
    assertThat(figure.intersection(request.mask()).coverage()).isZero();
    assertThat(figure.coverage() * figure.alpha().length).isGreaterThan(80);
  }

  @Test
  void laysFiguresInFrontOverTheCar() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Mask figure = figure(at("B").edit(request, RunContext.NONE).picture());
    assertThat(figure.intersection(request.mask()).coverage() * figure.alpha().length)
        .isGreaterThan(100);
  }

  @Test
  void leavesExactlyOnePerson() {
    EditRequest request = Scene.request("b81c1c", true, 1);
    Edited edited = at("A").edit(request, RunContext.NONE);
    Box person = Scene.PERSON;
    int blue = 0;
    for (int y = (int) person.top(); y < person.bottom(); y++) {
      for (int x = (int) person.left(); x < person.right(); x++) {
        blue += edited.picture().get(x, y, 2) - edited.picture().get(x, y, 0) > 90 ? 1 : 0;
      }
    }
    assertThat(blue).isZero();
    assertThat(figure(edited.picture()).bounds()).isPresent();
  }

  /** Posters of a person: whom they are about stays, whoever else is there goes. */
  @Test
  void theMainElementStaysWhenItIsAFigureItself() {
    EditRequest scene = Scene.aimedAt(Scene.request("b81c1c", true, 1), "person");
    InsertCutout nobody = new InsertCutout("none", "person", List.of());
    assertThat(nobody.edit(scene, RunContext.NONE).picture()).isEqualTo(scene.source());
    assertThat(nobody.mustChange(scene)).isFalse();
    Edited beside = at("D").edit(scene, RunContext.NONE);
    Box face = Scene.PERSON;
    assertThat(beside.picture().get((int) face.left() + 4, (int) face.top() + 12, 2))
        .isEqualTo(scene.source().get((int) face.left() + 4, (int) face.top() + 12, 2));
    assertThat(beside.picture()).isNotEqualTo(scene.source());
  }

  @Test
  void onlyRemovesWhenNobodyIsAskedFor() {
    InsertCutout nobody = new InsertCutout("none", "person", List.of());
    EditRequest with = Scene.request("b81c1c", true, 1);
    EditRequest without = Scene.request("b81c1c", false, 1);
    assertThat(nobody.edit(with, RunContext.NONE).picture()).isNotEqualTo(with.source());
    assertThat(nobody.edit(without, RunContext.NONE).picture()).isEqualTo(without.source());
    assertThat(EditCheck.of(nobody, without, nobody.edit(without, RunContext.NONE)).valid())
        .isTrue();
  }

  @Test
  void drawsTheFigureBySeed() {
    Picture first = at("A").edit(Scene.request("b81c1c", false, 1), RunContext.NONE).picture();
    boolean other = false;
    for (long seed = 2; seed < 8; seed++) {
      other |=
          !at("A")
              .edit(Scene.request("b81c1c", false, seed), RunContext.NONE)
              .picture()
              .equals(first);
    }
    assertThat(other).isTrue();
  }

  /** Finds the drawn figures. */
  private static Segmenter finds(boolean figures) {
    return new Segmenter() {
      @Override
      public String id() {
        return "figures";
      }

      @Override
      public Segmentation segment(Picture picture, RunContext context) {
        Mask seen = figure(picture);
        return Segmentation.of(
            picture.width(),
            picture.height(),
            seen.bounds().filter(b -> figures).stream()
                .map(b -> new Element("person", .9, b, seen))
                .toList());
      }

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "C", "F"})
  void anInsertionThatIsFoundWhereItWasPutPasses(String position) {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Editor editor = at(position);
    Edited edited = editor.edit(request, RunContext.NONE);
    Box figure = figure(edited.picture()).bounds().orElseThrow();
    assertThat(figure.shareIn(edited.inserted().orElseThrow().box())).isGreaterThan(.95);
    assertThat(EditCheck.of(editor, request, edited, finds(true), RunContext.NONE).reasons())
        .isEmpty();
  }

  @Test
  void anInsertionThatIsNotFoundFailsButItsLabelCounts() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Edited edited = editor().edit(request, RunContext.NONE);
    List<String> reasons =
        EditCheck.of(editor(), request, edited, finds(false), RunContext.NONE).reasons();
    assertThat(reasons).containsExactly("person not found where it was put (score 0.00)");
    assertThat(reasons).allMatch(Insertion::isMissed);
    assertThat(Insertion.isMissed("nothing changed")).isFalse();
  }
}
