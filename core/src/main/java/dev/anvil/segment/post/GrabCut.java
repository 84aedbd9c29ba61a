package dev.anvil.segment.post;

import dev.anvil.image.Picture;
import dev.anvil.natives.NativeLibraries;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * OpenCV's GrabCut (Rother, Kolmogorov and Blake 2004) on a CIE Lab copy of a picture.
 *
 * <p>Deterministic: OpenCV is kept to one thread, and its generator, which is the calling thread's
 * own, is seeded before each cut.
 */
final class GrabCut {
  static final byte BACKGROUND = opencv_imgproc.GC_BGD;
  static final byte FOREGROUND = opencv_imgproc.GC_FGD;
  static final byte LIKELY_BACKGROUND = opencv_imgproc.GC_PR_BGD;
  static final byte LIKELY_FOREGROUND = opencv_imgproc.GC_PR_FGD;

  private static final int SEED = 1;

  static {
    NativeLibraries.openCv();
    opencv_core.setNumThreads(1);
  }

  private GrabCut() {}

  /**
   * Which pixels are foreground.
   *
   * @param states what is known of each pixel, at least one of them background and one foreground
   */
  @SuppressWarnings("try") // the scope frees what is made within it
  static boolean[] cut(Picture picture, byte[] states, int iterations) {
    int height = picture.height();
    int width = picture.width();
    try (PointerScope scope = new PointerScope()) {
      Mat rgb = new Mat(height, width, opencv_core.CV_8UC3, new BytePointer(picture.rgb()));
      Mat lab = new Mat();
      opencv_imgproc.cvtColor(rgb, lab, opencv_imgproc.COLOR_RGB2Lab);
      Mat mask = new Mat(height, width, opencv_core.CV_8UC1, new BytePointer(states));
      opencv_core.setRNGSeed(SEED);
      opencv_imgproc.grabCut(
          lab,
          mask,
          new Rect(),
          new Mat(),
          new Mat(),
          iterations,
          opencv_imgproc.GC_INIT_WITH_MASK);
      ByteBuffer after = mask.createBuffer();
      boolean[] out = new boolean[states.length];
      for (int i = 0; i < out.length; i++) {
        byte state = after.get(i);
        out[i] = state == FOREGROUND || state == LIKELY_FOREGROUND;
      }
      return out;
    }
  }
}
