package dev.anvil.image;

import dev.anvil.natives.NativeLibraries;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Canny's edges (1986), by OpenCV, on the grey picture. */
public final class Canny {
  static {
    NativeLibraries.openCv();
  }

  private Canny() {}

  /**
   * 1 on edges, 0 elsewhere.
   *
   * @param weak slope, in grey levels by the Sobel operator, of edges that continue a strong one
   * @param strong slope of edges that stand for themselves
   */
  @SuppressWarnings("try") // the scope frees what is made within it
  public static Mask edges(Picture picture, double weak, double strong) {
    int width = picture.width();
    int height = picture.height();
    try (PointerScope scope = new PointerScope()) {
      Mat rgb = new Mat(height, width, opencv_core.CV_8UC3, new BytePointer(picture.rgb()));
      Mat grey = new Mat();
      opencv_imgproc.cvtColor(rgb, grey, opencv_imgproc.COLOR_RGB2GRAY);
      Mat found = new Mat();
      opencv_imgproc.Canny(grey, found, weak, strong);
      ByteBuffer edges = found.createBuffer();
      float[] out = new float[width * height];
      for (int i = 0; i < out.length; i++) {
        out[i] = edges.get(i) == 0 ? 0 : 1;
      }
      return new Mask(width, height, out);
    }
  }
}
