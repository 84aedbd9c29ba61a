package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecolorTest extends EditorContract {
  @Override
  Editor editor() {
    return new Recolor("#1d4fc5");
  }

  @ParameterizedTest
  @CsvSource({
    "b81c1c,f2f2f2", "b81c1c,1c1c1e", "b81c1c,1d4fc5", "f2f2f2,1c1c1e", "f2f2f2,b81c1c",
    "1c1c1e,f0b80c", "1c1c1e,f2f2f2", "1c1c1e,a6a8ab", "1d4fc5,a6a8ab", "f0b80c,1d4fc5",
    "a6a8ab,b81c1c", "a6a8ab,f2f2f2"
  })
  void takesAnyPaintToAnyOther(String from, String to) {
    EditRequest request = Scene.request(from, false, 1);
    Recolor recolor = new Recolor(to);
    Edited edited = recolor.edit(request, RunContext.NONE);

    OkLab mean = Scene.mean(edited.picture(), Scene.paint());
    assertThat(mean.distance(OkLab.ofHex(to))).as("found %s", mean).isLessThan(.09);
    EditCheck check = EditCheck.of(recolor, request, edited);
    assertThat(check.reasons()).isEmpty();
    EditCheck.Colour colour = check.colour().orElseThrow();
    assertThat(colour.after()).isLessThan(.5 * colour.before()).isLessThan(.12);
  }

  @Test
  void leavesWindowAndTyresOfAColouredCarAlone() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Edited edited = new Recolor("f0b80c").edit(request, RunContext.NONE);
    for (int[] at : new int[][] {{75, 57}, {54, 82}, {96, 84}}) {
      OkLab before = Scene.pixel(request.source(), at[0], at[1]);
      OkLab after = Scene.pixel(edited.picture(), at[0], at[1]);
      assertThat(after.distance(before)).as("%d, %d", at[0], at[1]).isLessThan(.01);
    }
  }

  @Test
  void keepsHighlights() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Edited edited = new Recolor("1d4fc5").edit(request, RunContext.NONE);
    OkLab highlight = Scene.pixel(edited.picture(), 70, 66);
    assertThat(highlight.l()).isGreaterThan(.9);
    assertThat(highlight.chroma()).isLessThan(.04);
  }

  @ParameterizedTest
  @CsvSource({"b81c1c,1d4fc5", "b81c1c,f2f2f2", "f2f2f2,b81c1c", "a6a8ab,f0b80c"})
  void keepsTheShadingsOrder(String from, String to) {
    EditRequest request = Scene.request(from, false, 1);
    Edited edited = new Recolor(to).edit(request, RunContext.NONE);
    double top = Scene.pixel(edited.picture(), 84, 64).l();
    double bottom = Scene.pixel(edited.picture(), 84, 80).l();
    assertThat(top).isGreaterThan(bottom + .03);
  }

  @Test
  void changesLittleWhenTheCarHasTheColourAlready() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Edited edited = new Recolor("b81c1c").edit(request, RunContext.NONE);
    OkLab before = Scene.mean(request.source(), Scene.paint());
    assertThat(Scene.mean(edited.picture(), Scene.paint()).distance(before)).isLessThan(.05);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b81c1c", "f2f2f2", "1c1c1e", "f0b80c", "1d4fc5", "a6a8ab"})
  void findsThePaintOfEveryColour(String hex) {
    EditRequest request = Scene.request(hex, false, 1);
    Mask changed = new Recolor("1d8040").edit(request, RunContext.NONE).changed();
    Mask paint = Scene.paint();
    assertThat(changed.intersection(paint).coverage() / paint.coverage()).isCloseTo(1, within(.1));
  }
}
