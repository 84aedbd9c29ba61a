package dev.anvil.segment.model;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;

/**
 * A drawn picture that segmentation stand-ins understand: a light sky over a dark road, both grey,
 * and on the road a car of some colour, an ellipse.
 */
final class CarPicture {
  private static final int SKY = 205;
  private static final int ROAD = 90;

  private CarPicture() {}

  static Picture of(int width, int height, int rgb) {
    byte[] bytes = new byte[width * height * 3];
    float[] car = car(width, height).alpha();
    for (int i = 0; i < width * height; i++) {
      int grey = i / width < height / 2 ? SKY : ROAD;
      for (int c = 0; c < 3; c++) {
        int paint = rgb >> (16 - 8 * c) & 255;
        bytes[3 * i + c] = (byte) (car[i] > 0 ? paint : grey);
      }
    }
    return new Picture(width, height, bytes);
  }

  /** Where the car is. */
  static Mask car(int width, int height) {
    float[] alpha = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = ((x + .5) / width - .4) / .25;
        double v = ((y + .5) / height - .65) / .2;
        alpha[y * width + x] = u * u + v * v < 1 ? 1 : 0;
      }
    }
    return new Mask(width, height, alpha);
  }
}
