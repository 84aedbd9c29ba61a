package dev.anvil.image;

/**
 * The pixels of a picture in OKLab, one plane a coordinate, rows from top to bottom.
 *
 * @param l lightness, 0 to 1
 * @param a green to red
 * @param b blue to yellow
 */
public record OkLabPicture(int width, int height, float[] l, float[] a, float[] b) {
  /** Converts every pixel. */
  public static OkLabPicture of(Picture picture) {
    byte[] rgb = picture.rgb();
    int n = rgb.length / 3;
    float[] l = new float[n];
    float[] a = new float[n];
    float[] b = new float[n];
    for (int i = 0, o = 0; i < n; i++, o += 3) {
      OkLab lab = OkLab.of(rgb[o] & 255, rgb[o + 1] & 255, rgb[o + 2] & 255);
      l[i] = (float) lab.l();
      a[i] = (float) lab.a();
      b[i] = (float) lab.b();
    }
    return new OkLabPicture(picture.width(), picture.height(), l, a, b);
  }

  /** One pixel, counted by rows. */
  public OkLab at(int i) {
    return new OkLab(l[i], a[i], b[i]);
  }
}
