package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.PilResize.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerceptualHashTest {
  /** Computed with numpy (DCT-II of the 32 x 32 Lanczos picture by Pillow 12.3, median cut). */
  @ParameterizedTest
  @CsvSource({"300,200,80ff007f54a2aa7e", "640,480,d045d57d55575506", "97,211,b9ada92da903560f"})
  void equalsAnIndependentComputation(int width, int height, String hex) {
    assertThat(PerceptualHash.of(TestPictures.reference(width, height)).bits())
        .isEqualTo(Long.parseUnsignedLong(hex, 16));
  }

  @Test
  void staysNearWhenRescaledAndRecompressed() {
    Picture blotches = TestPictures.noise(12, 8, 5);
    Picture large = PilResize.resize(blotches, 320, 200, Filter.BICUBIC);
    Picture smaller = PilResize.resize(large, 190, 120, Filter.BILINEAR);
    Picture again = PictureReader.DEFAULT.read("b", PictureWriter.jpeg(smaller, .7));
    PerceptualHash hash = PerceptualHash.of(large);
    assertThat(hash.distance(PerceptualHash.of(again))).isLessThanOrEqualTo(10);
    assertThat(hash.distance(PerceptualHash.of(TestPictures.reference(320, 200))))
        .isGreaterThan(15);
  }
}
