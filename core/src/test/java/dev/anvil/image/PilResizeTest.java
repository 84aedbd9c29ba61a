package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Sha256;
import dev.anvil.image.PilResize.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class PilResizeTest {
  /** Hashes from Pillow 12.3 (docs/model-contracts.md section 1.3, preprocess.json). */
  @ParameterizedTest
  @CsvFileSource(resources = "resize.csv", numLinesToSkip = 1)
  void equalsPillowBitForBit(
      int width, int height, Filter filter, int outWidth, int outHeight, long sum, String sha256) {
    Picture resized =
        PilResize.resize(TestPictures.reference(width, height), outWidth, outHeight, filter);

    long found = 0;
    for (byte b : resized.rgb()) {
      found += b & 255;
    }
    assertThat(found).isEqualTo(sum);
    assertThat(Sha256.of(resized.rgb())).isEqualTo(sha256);
  }

  /** Hashes computed with Pillow 12.3: {@code Image.resize((w, h), filter)}. */
  @ParameterizedTest
  @CsvSource({
    "BOX,300,200,97,51,612d6a96b7a7a9047fcf10a0f63fdb8842852b19f8617d198804cbbb60c5d6bb",
    "BOX,64,48,200,100,674031123a39aaad9dc49132b4cbc9d9cf94f11c64107357c7d8ac55ed6c3c55",
    "NEAREST,300,200,97,51,42ea2d4243207d4a4096bcfe334f2ff934b64c93fa02e2c3b84d7eb7a0c5b5e5",
    "NEAREST,64,48,200,100,ab990524436e2c35c970754ac8d5d9353e0d2a76541fc2a4516f2d65e766311d",
    "HAMMING,300,200,97,51,d81d1405ebb5257d3fca80478cf07453e7476db5851ab85b0566fe8b69e4ef03",
    "HAMMING,64,48,200,100,5b7d8d6c133ba5b526ab45b70ee06384de6103d83a85f43189d4a8a94981268b"
  })
  void equalsPillowForFiltersThatFewNetworksAskFor(
      Filter filter, int width, int height, int outWidth, int outHeight, String sha) {
    Picture resized =
        PilResize.resize(TestPictures.reference(width, height), outWidth, outHeight, filter);
    assertThat(Sha256.of(resized.rgb())).isEqualTo(sha);
  }

  @Test
  void handsBackAPictureThatHasTheSizeAlready() {
    Picture picture = TestPictures.reference(20, 10);
    assertThat(PilResize.resize(picture, 20, 10, Filter.LANCZOS)).isSameAs(picture);
  }

  @Test
  void averagesAMaskOverAreas() {
    Mask mask = new Mask(4, 2, new float[] {0, 1, 1, 1, 0, 0, 1, 0});
    assertThat(PilResize.resize(mask, 2, 1, Filter.BOX).alpha()).containsExactly(.25f, .75f);
  }

  /** Values of Pillow 12.3 for a float picture (mode F). */
  @Test
  void interpolatesAMaskBetweenPixelCentres() {
    Mask mask = new Mask(2, 1, new float[] {0, 1});
    float[] out = PilResize.resize(mask, 4, 1, Filter.BILINEAR).alpha();
    assertThat(out).containsExactly(new float[] {0, .25f, .75f, 1}, within(1e-6f));
  }

  @Test
  void keepsAMaskBetweenZeroAndOneUnderKernelsThatOvershoot() {
    Mask mask = new Mask(6, 1, new float[] {0, 0, 0, 1, 1, 1});
    for (float a : PilResize.resize(mask, 23, 3, Filter.BICUBIC).alpha()) {
      assertThat(a).isBetween(0f, 1f);
    }
  }

  @Test
  void refusesAnEmptySize() {
    Picture picture = TestPictures.reference(4, 4);
    assertThatThrownBy(() -> PilResize.resize(picture, 0, 4, Filter.BOX))
        .hasMessageContaining("found a size of 0");
  }
}
