package dev.anvil.segment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.Detection;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationQuality;
import dev.anvil.segment.SegmentationQuality.Sample;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.TruthMasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pack that ships with Anvil on the showroom's pictures, whose masks are exact. */
class DetectorSegmenterTest extends SegmenterContract {
  private static final Path PACK = Path.of("../models/mobilenet-ssd");
  private static final Path SHOWROOM = Path.of("../showroom/campaign");

  @Override
  public Segmenter open() throws IOException {
    return new DetectorSegmenter(
        Detector.open(ModelPack.open(PACK), 1), DetectorSegmenter.Settings.DEFAULT);
  }

  @Override
  public Picture picture() {
    return showroom("s0023");
  }

  @Test
  void reachesTheQualityMeasuredOnTheShowroom() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String id : List.of("s0023", "s0065", "s0050")) {
      Path mask = SHOWROOM.resolve("masks").resolve(id + ".png");
      samples.add(new Sample(() -> showroom(id), TruthMasks.read(mask, TruthMasks.SHOWROOM)));
    }

    SegmentationQuality quality =
        SegmentationQuality.measure(segmenter(), samples, RunContext.NONE);

    assertFoundAlways(quality.labels().get("car"));
    assertThat(quality.labels().get("car").meanIou()).isGreaterThan(.8);
    assertFoundAlways(quality.labels().get("person"));
    assertThat(quality.labels().get("person").meanIou()).isGreaterThan(.65);
  }

  private static void assertFoundAlways(SegmentationQuality.LabelQuality quality) {
    assertThat(quality.present()).isPositive();
    assertThat(quality.found()).isEqualTo(quality.present());
  }

  @Test
  void cutsPeopleOutOfVehicles() {
    Segmentation segmentation = segmenter().segment(picture());
    Mask car = segmentation.largest(List.of("car", "truck", "bus")).orElseThrow().mask();
    Mask person = segmentation.find("person").orElseThrow().mask();
    for (int i = 0; i < car.alpha().length; i++) {
      assertThat(car.alpha()[i] + person.alpha()[i]).isLessThanOrEqualTo(1 + 1e-6f);
    }
  }

  @Test
  void looksForALikenessNoFurtherThanIsEnough() {
    Picture picture = picture();
    Box person = segmenter().segment(picture).find("person").orElseThrow().box();
    List<String> people = List.of("person");
    double exact = segmenter().likeness(picture, person, people, 1, RunContext.NONE);
    double some = segmenter().likeness(picture, person, people, .1, RunContext.NONE);
    assertThat(exact).isGreaterThan(.3);
    assertThat(some).isGreaterThan(.1).isLessThanOrEqualTo(exact);
    assertThat(segmenter().likeness(picture, person, List.of("boat"), .1, RunContext.NONE))
        .isLessThan(.1);
  }

  /** Source: check.json beside the pack, values of ONNX Runtime's Python build. */
  @Test
  void detectorGivesTheAcceptanceValues() throws IOException {
    JsonNode check = new JsonMapper().readTree(PACK.resolve("check.json").toFile());
    JsonNode expected = check.get("onnxruntime").get("top5").get(0);
    byte[] rgb = new byte[300 * 300 * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % 300;
      int y = i / 900;
      rgb[i] = (byte) (37 * x + 59 * y + 83 * (i % 3) + x * y);
    }
    try (Detector detector = Detector.open(ModelPack.open(PACK), 1)) {
      Detection best = detector.detect(new Picture(300, 300, rgb), .3, RunContext.NONE).get(0);
      assertThat(best.label()).isEqualTo(expected.get("label").textValue());
      assertThat(best.score()).isCloseTo(expected.get("score").doubleValue(), within(2e-4));
      assertThat(best.box().top() / 300)
          .isCloseTo(expected.get("box").get(0).doubleValue(), within(2e-4));
      assertThat(best.box().right() / 300)
          .isCloseTo(expected.get("box").get(3).doubleValue(), within(2e-4));
    }
  }

  @Test
  void tagsSayWhatIsInThePicture() throws IOException {
    try (Detector detector = Detector.open(ModelPack.open(PACK), 1)) {
      TagFeatures tags = new TagFeatures(detector);
      float[] values = tags.of(picture());

      assertThat(tags.columns()).hasSize(80).contains("tag:car", "tag:toothbrush");
      assertThat(values).hasSize(80);
      assertThat(values[tags.columns().indexOf("tag:car")]).isGreaterThan(.4f);
      assertThat(values[tags.columns().indexOf("tag:person")]).isGreaterThan(.4f);
      assertThat(values[tags.columns().indexOf("tag:toothbrush")]).isLessThan(.2f);
    }
  }

  private static Picture showroom(String id) {
    return PictureReader.DEFAULT.read(SHOWROOM.resolve("pictures").resolve(id + ".jpg"));
  }
}
