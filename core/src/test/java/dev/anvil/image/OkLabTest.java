package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OkLabTest {
  /** The table of XYZ and OKLab pairs in Ottosson's article, given there to three digits. */
  @ParameterizedTest
  @CsvSource({
    ".950,1.000,1.089,1.000,.000,.000",
    "1.000,.000,.000,.450,1.236,-.019",
    ".000,1.000,.000,.922,-.671,.263",
    ".000,.000,1.000,.153,-1.415,-.449"
  })
  void equalsThePublishedPairs(double x, double y, double z, double l, double a, double b) {
    double red = 3.2404542 * x - 1.5371385 * y - .4985314 * z;
    double green = -.9692660 * x + 1.8760108 * y + .0415560 * z;
    double blue = .0556434 * x - .2040259 * y + 1.0572252 * z;
    OkLab lab = OkLab.ofLinear(red, green, blue);
    assertThat(lab.l()).isCloseTo(l, within(.0015));
    assertThat(lab.a()).isCloseTo(a, within(.0015));
    assertThat(lab.b()).isCloseTo(b, within(.0015));
  }

  /** Values that CSS Color 4 gives for sRGB red, lime and blue. */
  @ParameterizedTest
  @CsvSource({
    "#ff0000,.62796,.22486,.12585",
    "#00ff00,.86644,-.23389,.17950",
    "0000ff,.45201,-.03246,-.31153"
  })
  void equalsTheValuesOfCss(String hex, double l, double a, double b) {
    assertThat(OkLab.ofHex(hex).distance(new OkLab(l, a, b))).isLessThan(2e-5);
  }

  @Test
  void goesThereAndBackExactly() {
    for (int v = 0; v < 1 << 24; v += 997) {
      assertThat(OkLab.of(v >> 16, (v >> 8) & 255, v & 255).toSrgb()).isEqualTo(v);
    }
  }

  @Test
  void keepsLightnessAndHueOfWhatSrgbCannotShow() {
    OkLab wanted = new OkLab(.7, .4 * Math.cos(1.2), .4 * Math.sin(1.2));
    int rgb = wanted.toSrgb();
    OkLab shown = OkLab.of(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    assertThat(shown.l()).isCloseTo(.7, within(.01));
    assertThat(shown.hue()).isCloseTo(1.2, within(.03));
    assertThat(shown.chroma()).isLessThan(.2);
  }

  @Test
  void saysWhatIsNotAColour() {
    assertThatThrownBy(() -> OkLab.ofHex("red")).hasMessageContaining("found colour \"red\"");
  }
}
