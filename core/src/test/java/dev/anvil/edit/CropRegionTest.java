package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Box;
import dev.anvil.image.Size;
import org.junit.jupiter.api.Test;

class CropRegionTest {
  private static final Size PICTURE = new Size(96, 64);

  /** docs/model-contracts.md section 5.8, for a mask of rows 10 to 39 and columns 20 to 60. */
  @Test
  void growsToTheShapeAsDiffusersDoes() {
    Box mask = new Box(20, 10, 61, 40);

    assertThat(CropRegion.around(mask, PICTURE, 4, new Size(64, 64)))
        .isEqualTo(new Box(16, 1, 65, 50));
    assertThat(CropRegion.around(mask, PICTURE, 0, new Size(128, 64)))
        .isEqualTo(new Box(11, 10, 71, 40));
  }

  @Test
  void staysInsideThePicture() {
    assertThat(CropRegion.around(new Box(80, 50, 96, 64), PICTURE, 10, new Size(1, 1)))
        .isEqualTo(new Box(70, 38, 96, 64));
    assertThat(CropRegion.around(new Box(0, 0, 96, 10), PICTURE, 0, new Size(1, 1)))
        .isEqualTo(new Box(0, 0, 96, 64));
  }
}
