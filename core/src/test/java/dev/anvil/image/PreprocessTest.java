package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Sha256;
import dev.anvil.image.Preprocess.Size;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from transformers 5.18 with Pillow 12.3 (MODELS.md 1.2 and 1.3). */
class PreprocessTest {
  private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] STD = {0.26862954, 0.26130258, 0.27577711};

  @ParameterizedTest
  @CsvSource({"300,200,336,224", "640,480,298,224", "97,211,224,487", "1000,667,335,224"})
  void bringsTheShorterSideToASize(int width, int height, int outWidth, int outHeight) {
    assertThat(Preprocess.shortestEdge(width, height, 224))
        .isEqualTo(new Size(outWidth, outHeight));
  }

  @ParameterizedTest
  @CsvSource({
    "640,480,512,2048,682,512",
    "300,200,512,2048,768,512",
    "1000,667,512,2048,767,512",
    "640,480,800,1333,1066,800",
    "300,200,800,1333,1200,800",
    "1000,667,800,1333,1199,800"
  })
  void keepsTheLongerSideWithinASize(
      int width, int height, int shortest, int longest, int outWidth, int outHeight) {
    assertThat(Preprocess.shortestWithin(width, height, shortest, longest))
        .isEqualTo(new Size(outWidth, outHeight));
  }

  @ParameterizedTest
  @CsvSource({
    "300,200,c369818a7193f4976988547ee1c3ad25,0.182472363114357",
    "640,480,8ee19ea82e916a2a07842a9ac0247829,0.17848852276802063",
    "97,211,d138e36bc4c382b5dfca14df740c92b7,0.176748",
    "1000,667,629c4ff1b7087263e636c8b8ac518942,0.17779994010925293"
  })
  void seesAPictureAsClipDoes(int width, int height, String cropHash, double tensorMean) {
    Picture square = Preprocess.middleSquare(TestPictures.reference(width, height), 224);
    assertThat(Sha256.of(square.rgb())).startsWith(cropHash);

    FloatBuffer tensor = FloatBuffer.allocate(3 * 224 * 224);
    Preprocess.normalise(square, MEAN, STD, tensor);
    double sum = 0;
    for (float v : tensor.array()) {
      sum += v;
    }
    assertThat(sum / tensor.capacity()).isCloseTo(tensorMean, within(1e-6));
    if (width == 640) {
      assertThat(tensor.get(0)).isCloseTo(-1.06234f, within(1e-5f));
      assertThat(tensor.get(224 * 224 + 2)).isCloseTo(.78422f, within(1e-5f));
      assertThat(tensor.get(2 * 224 * 224 + 111 * 224 + 111)).isCloseTo(.83765f, within(1e-5f));
    }
  }
}
