package dev.anvil.image;

import dev.anvil.natives.NativeLibraries;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Exact Euclidean distances to the nearest covered pixel, by OpenCV. */
final class Distance {
  static {
    NativeLibraries.openCv();
  }

  private Distance() {}

  /**
   * Squared distance in pixels of every pixel to the nearest one above one half; 0 on those, more
   * than 2^31 where no pixel is covered.
   */
  @SuppressWarnings("try") // the scope frees what is made within it
  static float[] squared(Mask mask) {
    int width = mask.width();
    int height = mask.height();
    byte[] uncovered = new byte[width * height];
    for (int i = 0; i < uncovered.length; i++) {
      uncovered[i] = (byte) (mask.alpha()[i] > .5f ? 0 : 1);
    }
    try (PointerScope scope = new PointerScope()) {
      Mat from = new Mat(height, width, opencv_core.CV_8UC1, new BytePointer(uncovered));
      Mat to = new Mat();
      opencv_imgproc.distanceTransform(
          from, to, opencv_imgproc.DIST_L2, opencv_imgproc.DIST_MASK_PRECISE, opencv_core.CV_32F);
      FloatBuffer distances = to.createBuffer();
      float[] out = new float[width * height];
      for (int i = 0; i < out.length; i++) {
        // squares are whole numbers; the root that OpenCV took has left less than half of one
        out[i] = (float) Math.rint((double) distances.get(i) * distances.get(i));
      }
      return out;
    }
  }
}
