package dev.anvil.segment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.CancelledException;
import dev.anvil.CountedChecks;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.segment.Element;
import dev.anvil.segment.Prompt;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.standin.ClipSegStandIn;
import dev.anvil.standin.SamStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Segmenters that are told what to look for, on stand-ins (docs/model-contracts.md sections 4.6,
 * 4.7, 10).
 */
class PromptedSegmentersTest {
  private static final Picture CAR = CarPicture.of(320, 240, 0xc41a12);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"any, false", "77, false", "any, true"})
  void wordsFindAnElement(String tokens, boolean isSqueezed) throws IOException {
    Object length = tokens.equals("any") ? (Object) "sequence" : Integer.valueOf(tokens);
    try (PromptedSegmenter segmenter = clipSeg(new ClipSegStandIn(length, isSqueezed))) {
      Element element = segmenter.find(CAR, new Prompt.Words(" a red car ")).orElseThrow();
      assertThat(element.label()).isEqualTo("a red car");
      assertThat(element.mask().iou(CarPicture.car(320, 240))).isGreaterThan(.95);
      assertThat(element.confidence()).isBetween(.9, 1.);
      assertThat(segmenter.find(new Picture(50, 30, new byte[4500]), new Prompt.Words("a car")))
          .isEmpty();
    }
  }

  @Test
  void paddedWordsMeanTheSame() throws IOException {
    try (PromptedSegmenter free = clipSeg(new ClipSegStandIn("sequence", false));
        PromptedSegmenter fixed = clipSeg(new ClipSegStandIn(77, false))) {
      Prompt prompt = new Prompt.Words("wheel");
      assertThat(fixed.find(CAR, prompt)).isEqualTo(free.find(CAR, prompt)).isPresent();
      assertThat(free.find(CAR, prompt).orElseThrow().confidence())
          .isNotEqualTo(free.find(CAR, new Prompt.Words("door")).orElseThrow().confidence());
    }
  }

  /** The stand-in draws a disc of 120 of the encoder's pixels: 37.5 of a picture 320 wide. */
  @ParameterizedTest
  @ValueSource(strings = {"split", "classic"})
  void aPointFindsWhatIsAroundIt(String contract) throws IOException {
    double scale = contract.equals("split") ? 1024 / 320. : 684 / 240.;
    try (PromptedSegmenter segmenter = sam(contract)) {
      Element element = segmenter.find(CAR, new Prompt.Point(150, 110)).orElseThrow();
      assertThat(element.label()).isEqualTo("point 150,110");
      assertThat(element.confidence()).isCloseTo(.9, within(1e-6));
      assertThat(element.mask().iou(disc(150, 110, 120 / scale))).isGreaterThan(.96);
      Element other = segmenter.find(CAR, new Prompt.Point(40, 200)).orElseThrow();
      assertThat(other.mask().iou(disc(40, 200, 120 / scale))).isGreaterThan(.96);
    }
  }

  @Test
  void theClassicContractTakesBoxes() throws IOException {
    try (PromptedSegmenter segmenter = sam("classic")) {
      Box box = new Box(40, 60, 200, 180);
      Element element = segmenter.find(CAR, new Prompt.Around(box)).orElseThrow();
      assertThat(element.box().iou(box)).isGreaterThan(.95);
      assertThat(element.label()).isEqualTo("box 40,60,200,180");
    }
  }

  /** Of the three discs around the box's middle the one that fills it best. */
  @Test
  void theSplitContractTakesTheMaskThatFitsABox() throws IOException {
    try (PromptedSegmenter segmenter = sam("split")) {
      Element small = segmenter.find(CAR, around(160, 120, 20)).orElseThrow();
      Element large = segmenter.find(CAR, around(160, 120, 80)).orElseThrow();
      assertThat(small.mask().iou(disc(160, 120, 60 / 3.2))).isGreaterThan(.95);
      assertThat(large.mask().iou(disc(160, 120, 240 / 3.2))).isGreaterThan(.95);
    }
  }

  @Test
  void equalPromptsGiveEqualElementsAlsoFromSeveralThreads() throws IOException {
    Picture other = CarPicture.of(200, 300, 0x2040c0);
    try (PromptedSegmenter segmenter = sam("split")) {
      assertThat(segmenter.id()).isNotBlank();
      Prompt prompt = new Prompt.Point(100, 100);
      Element car = segmenter.find(CAR, prompt).orElseThrow();
      Element tall = segmenter.find(other, prompt).orElseThrow();
      assertThat(tall.mask().height()).isEqualTo(300);
      assertThat(
              IntStream.range(0, 6)
                  .parallel()
                  .mapToObj(i -> segmenter.find(i % 2 == 0 ? CAR : other, prompt).orElseThrow())
                  .filter(e -> e.equals(car) || e.equals(tall)))
          .hasSize(6);
    }
  }

  /** Encoder and decoder of a spot, and each mask of a box, are looked at one by one. */
  @Test
  void findingStopsBetweenNetworksAndMasks() throws IOException {
    try (PromptedSegmenter spot = sam("split");
        PromptedSegmenter words = clipSeg(new ClipSegStandIn(77, false))) {
      for (int nth = 1; nth <= 5; nth++) {
        Picture unseen = CarPicture.of(320, 240, 0x100000 * nth);
        stopsAt(nth, context -> spot.find(unseen, around(160, 120, 20), context));
      }
      stopsAt(1, context -> words.find(CAR, new Prompt.Words("a car"), context));
    }
  }

  private static void stopsAt(int nth, Consumer<RunContext> finding) {
    CountedChecks stopped = CountedChecks.stopping(nth, finding);
    assertThat(stopped.thrown()).get().isInstanceOf(CancelledException.class);
    assertThat(stopped.checks()).isEqualTo(nth);
  }

  @Test
  void otherPromptsAreRefused() throws IOException {
    try (PromptedSegmenter spot = sam("split");
        PromptedSegmenter words = clipSeg(new ClipSegStandIn(77, false))) {
      assertThatThrownBy(() -> spot.find(CAR, new Prompt.Words("a car")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("found the words \"a car\"; expected a point or a box");
      assertThatThrownBy(() -> words.find(CAR, new Prompt.Point(1, 1)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected words");
      assertThatThrownBy(() -> spot.find(CAR, new Prompt.Point(320, 1)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected it within the picture of 320 x 240");
    }
  }

  @Test
  void aDecoderOfNeitherContractIsRefused() throws IOException {
    Path pack = folder.resolve("bad");
    SamStandIn.split(pack);
    Files.copy(
        pack.resolve("vision_encoder.onnx"),
        pack.resolve("prompt_encoder_mask_decoder.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    ModelPack opened = StandInPack.open(pack, PackKind.SAM);
    assertThatThrownBy(() -> Segmenters.openPrompted(opened, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("decoder input input_points: found only [pixel_values]");
  }

  private static Prompt around(double x, double y, double radius) {
    return new Prompt.Around(new Box(x - radius, y - radius, x + radius, y + radius));
  }

  private static Mask disc(double x, double y, double radius) {
    float[] alpha = new float[320 * 240];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = Math.hypot(i % 320 + .5 - x, Math.floorDiv(i, 320) + .5 - y) < radius ? 1 : 0;
    }
    return new Mask(320, 240, alpha);
  }

  private PromptedSegmenter sam(String contract) throws IOException {
    Path pack = folder.resolve(contract);
    if (contract.equals("split")) {
      SamStandIn.split(pack);
    } else {
      SamStandIn.classic(pack);
    }
    return Segmenters.openPrompted(StandInPack.open(pack, PackKind.SAM), 1);
  }

  private PromptedSegmenter clipSeg(ClipSegStandIn standIn) throws IOException {
    Path pack = Files.createTempDirectory(folder, "clipseg").resolve("clipseg");
    standIn.write(pack);
    String vocabulary = "bpe_simple_vocab_16e6.txt.gz";
    try (InputStream in =
        PromptedSegmentersTest.class.getResourceAsStream("/dev/anvil/text/" + vocabulary)) {
      Files.copy(in, pack.resolve(vocabulary));
    }
    return Segmenters.openPrompted(StandInPack.open(pack, PackKind.CLIPSEG), 1);
  }
}
