package dev.anvil.inside;

import static java.util.Objects.requireNonNull;

import dev.anvil.Seeds;
import dev.anvil.image.Picture;
import java.util.SplittableRandom;

/**
 * Random parts of a picture hidden (RISE: Petsiuk, Das and Saenko 2018, BMVC): a coarse grid of
 * cells, each visible or not, enlarged smoothly and shifted at random. Hidden pixels get the
 * picture's mean colour.
 *
 * @param cells across and down
 * @param visible share of cells that are visible, above 0, below 1
 */
record HiddenParts(Picture picture, int cells, double visible, long seed) {
  HiddenParts {
    requireNonNull(picture, "picture is null");
    if (cells < 2 || !(visible > 0 && visible < 1)) {
      throw new IllegalArgumentException(
          "found %d cells, %s visible; expected 2 or more, between 0 and 1"
              .formatted(cells, visible));
    }
  }

  /** How visible each pixel is, 0 to 1, in the numbered draw. */
  float[] visibility(int number) {
    SplittableRandom random = Seeds.random(seed, "rise", number);
    int size = cells + 1;
    float[] grid = new float[(size + 1) * (size + 1)];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextDouble() < visible ? 1 : 0;
    }
    double left = random.nextDouble();
    double top = random.nextDouble();
    int width = picture.width();
    int height = picture.height();
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      double v = top + y * (double) cells / height;
      int row = (int) v;
      float down = (float) (v - row);
      for (int x = 0; x < width; x++) {
        double u = left + x * (double) cells / width;
        int column = (int) u;
        float across = (float) (u - column);
        int at = row * (size + 1) + column;
        float upper = grid[at] + across * (grid[at + 1] - grid[at]);
        float lower = grid[at + size + 1] + across * (grid[at + size + 2] - grid[at + size + 1]);
        out[y * width + x] = upper + down * (lower - upper);
      }
    }
    return out;
  }

  /** The picture as far as it is visible. */
  Picture seen(float[] visibility) {
    byte[] rgb = picture.rgb();
    double[] mean = new double[3];
    for (int i = 0; i < rgb.length; i++) {
      mean[i % 3] += rgb[i] & 255;
    }
    byte[] out = new byte[rgb.length];
    for (int i = 0; i < out.length; i++) {
      double hidden = mean[i % 3] / visibility.length;
      out[i] = (byte) Math.round(hidden + visibility[i / 3] * ((rgb[i] & 255) - hidden));
    }
    return new Picture(picture.width(), picture.height(), out);
  }
}
