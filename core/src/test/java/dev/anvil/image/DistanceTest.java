package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistanceTest {
  @Test
  void equalsTheSearchThroughAllPixels() {
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 60; k++) {
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(40);
      float[] alpha = new float[width * height];
      for (int i = 0; i < 1 + k / 4; i++) {
        alpha[random.nextInt(alpha.length)] = .6f;
      }
      float[] found = Distance.squared(new Mask(width, height, alpha));
      for (int i = 0; i < alpha.length; i++) {
        assertThat(found[i]).isEqualTo(nearest(alpha, width, i));
      }
    }
  }

  @Test
  void staysExactAcrossALargePicture() {
    int width = 4000;
    float[] alpha = new float[width * 3];
    alpha[width] = 1;
    float[] found = Distance.squared(new Mask(width, 3, alpha));
    assertThat(found[2000]).isEqualTo(2000f * 2000 + 1);
    assertThat(found[width + 3999]).isEqualTo(3999f * 3999);
  }

  @Test
  void nothingIsNearWhereNothingIsCovered() {
    assertThat(Distance.squared(new Mask(2, 1, new float[2]))[1]).isGreaterThan((float) (1L << 31));
    assertThat(new Mask(2, 1, new float[2]).dilated(9)).isEqualTo(new Mask(2, 1, new float[2]));
  }

  private static float nearest(float[] alpha, int width, int at) {
    float nearest = Float.POSITIVE_INFINITY;
    for (int i = 0; i < alpha.length; i++) {
      int x = i % width - at % width;
      int y = i / width - at / width;
      nearest = alpha[i] > .5f ? Math.min(nearest, x * x + y * y) : nearest;
    }
    return nearest;
  }
}
