package dev.anvil.image;

/** Masks for tests. */
public final class Masks {
  private Masks() {}

  /** 1 inside the box, 0 outside; pixels that the box cuts are covered in part. */
  public static Mask ofBox(int width, int height, Box box) {
    float[] alpha = new float[width * height];
    for (int y = 0; y < height; y++) {
      double rows = Math.min(y + 1, box.bottom()) - Math.max(y, box.top());
      for (int x = 0; rows > 0 && x < width; x++) {
        double columns = Math.min(x + 1, box.right()) - Math.max(x, box.left());
        alpha[y * width + x] = (float) (rows * Math.max(0, columns));
      }
    }
    return new Mask(width, height, alpha);
  }
}
