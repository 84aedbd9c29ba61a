package dev.anvil.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.encode.View;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.inside.Saliency.OfElement;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SaliencyTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  /** White on the left, black on the right. */
  private static Picture picture() {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      if (i % WIDTH < WIDTH / 2) {
        Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) 255);
      }
    }
    return new Picture(WIDTH, HEIGHT, rgb);
  }

  private static Segmentation halves() {
    Box left = new Box(0, 0, WIDTH / 2, HEIGHT);
    Box right = new Box(WIDTH / 2, 0, WIDTH, HEIGHT);
    return new Segmentation(
        List.of(
            new Element("car", 1, left, Masks.ofBox(WIDTH, HEIGHT, left)),
            new Element("road", 1, right, Masks.ofBox(WIDTH, HEIGHT, right)),
            new Element(
                Segmentation.BACKGROUND,
                1,
                new Box(0, 0, WIDTH, HEIGHT),
                Mask.empty(WIDTH, HEIGHT))));
  }

  /** Scores twice the brightness of the half that is looked at. */
  private static Saliency of(int half, int masks, long seed) {
    return Saliency.of(
        new View(picture(), Optional.empty()),
        halves(),
        new BrightnessEncoder(),
        rows -> Arrays.stream(rows).mapToDouble(row -> 2 * row[half]).toArray(),
        Saliency.Settings.standard(masks, seed),
        2,
        RunContext.NONE);
  }

  @Test
  void theHalfThatTheRegressorLooksAtIsFound() {
    Saliency found = of(0, 200, 1);
    assertThat(found.score()).isCloseTo(2, within(1e-6));
    assertThat(found.elements()).extracting(OfElement::label).containsExactly("car", "road");
    OfElement car = found.elements().get(0);
    OfElement road = found.elements().get(1);
    assertThat(car.area()).isEqualTo(.5);
    // hidden pixels are 128 of 255: the white half loses 127
    assertThat(car.hidden()).isCloseTo(2 * 127 / 255., within(1e-6));
    assertThat(road.hidden()).isZero();
    assertThat(car.mean().low()).isPositive();
    assertThat(car.share()).isGreaterThan(.75);
    assertThat(car.share() + road.share()).isCloseTo(1, within(1e-9));
    assertThat(found.slopes()[HEIGHT / 2 * WIDTH + WIDTH / 4]).isPositive();
  }

  /** The right half is black: seeing it lowers its brightness. */
  @Test
  void theSignIsThatOfWhatIsSeen() {
    OfElement road = of(1, 200, 1).elements().get(1);
    assertThat(road.mean().high()).isNegative();
    assertThat(road.hidden()).isCloseTo(-2 * 128 / 255., within(1e-6));
  }

  /** Against the least-squares slope computed pixel by pixel in the textbook's way. */
  @Test
  void slopesAreLeastSquares() {
    Saliency.Settings settings = Saliency.Settings.standard(40, 3);
    HiddenParts parts =
        new HiddenParts(picture(), settings.cells(), settings.visible(), settings.seed());
    BrightnessEncoder encoder = new BrightnessEncoder();
    double[] scores =
        IntStream.range(0, 40)
            .mapToObj(m -> new View(parts.seen(parts.visibility(m)), Optional.empty()))
            .mapToDouble(
                view -> 2 * encoder.infer(List.of(encoder.prepare(view)), RunContext.NONE)[0][0])
            .toArray();
    double[] slopes = of(0, 40, 3).slopes();
    for (int pixel : new int[] {0, 700, 1500, 3071}) {
      double[] seen = IntStream.range(0, 40).mapToDouble(m -> parts.visibility(m)[pixel]).toArray();
      double meanSeen = Arrays.stream(seen).average().orElseThrow();
      double meanScore = Arrays.stream(scores).average().orElseThrow();
      double products = 0;
      double squares = 0;
      for (int m = 0; m < 40; m++) {
        products += (scores[m] - meanScore) * (seen[m] - meanSeen);
        squares += (seen[m] - meanSeen) * (seen[m] - meanSeen);
      }
      assertThat(slopes[pixel]).isCloseTo(products / squares, within(1e-5));
    }
  }

  /** A half that is not looked at is called salient as seldom as its interval promises. */
  @Test
  void intervalsOverMasksCoverWhatManyMasksSay() {
    double truth = of(0, 4000, 999).elements().get(1).mean().point();
    long covered =
        IntStream.range(0, 60)
            .filter(seed -> of(0, 60, seed).elements().get(1).mean().contains(truth))
            .count();
    assertThat(covered).isGreaterThanOrEqualTo(52);
  }

  @Test
  void equalSeedsGiveEqualBits() {
    assertThat(of(0, 30, 5).slopes()).isEqualTo(of(0, 30, 5).slopes());
    assertThat(of(0, 30, 5).slopes()).isNotEqualTo(of(0, 30, 6).slopes());
  }

  @Test
  void theHeatMapIsRedWhereTheScoreRisesAndBlueWhereItFalls() {
    double[] slopes = new double[WIDTH * HEIGHT];
    slopes[0] = 2;
    slopes[1] = -2;
    Picture map = HeatMap.of(picture(), new Saliency(WIDTH, HEIGHT, 0, slopes, List.of()));
    assertThat(map.get(0, 0, 0)).isGreaterThan(map.get(0, 0, 2));
    assertThat(map.get(1, 0, 2)).isGreaterThan(map.get(1, 0, 0));
    assertThat(map.get(2, 0, 0)).isEqualTo(255);
    assertThat(map.get(WIDTH - 1, 0, 0)).isZero();
  }

  @Test
  void tooFewMasksAreRefused() {
    assertThatThrownBy(() -> Saliency.Settings.standard(5, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 5 masks");
  }
}
