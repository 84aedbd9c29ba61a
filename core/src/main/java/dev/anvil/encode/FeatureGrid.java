package dev.anvil.encode;

import dev.anvil.image.Box;
import dev.anvil.image.Framing;
import dev.anvil.image.Mask;
import dev.anvil.image.PilResize;
import dev.anvil.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * How a network's features lie over the picture: as tokens [batch, first + rows * columns,
 * channels], or as a map [batch, channels, rows, columns].
 *
 * @param first tokens before those of the patches; 1 where there is a class token
 * @param isMap whether the channels come first
 */
record FeatureGrid(int columns, int rows, int channels, int first, boolean isMap) {

  /** The grid of an output; empty when its tokens make no square. */
  static Optional<FeatureGrid> of(Tensor output) {
    if (output.shape().size() == 4) {
      return Optional.of(new FeatureGrid(output.dim(3), output.dim(2), output.dim(1), 0, true));
    }
    if (output.shape().size() == 3) {
      for (int first : new int[] {1, 0}) {
        int side = (int) Math.round(Math.sqrt(output.dim(1) - first));
        if (side > 0 && side * side == output.dim(1) - first) {
          return Optional.of(new FeatureGrid(side, side, output.dim(2), first, false));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * How much of the element each cell shows, of sum 1. An element that lies outside of what the
   * network sees is looked at by the cell that is nearest to it.
   *
   * @param element of the picture; not empty
   */
  float[] weights(Mask element, Framing framing) {
    float[] weights =
        PilResize.resize(framing.toFrame(element), columns, rows, PilResize.Filter.BOX)
            .alpha()
            .clone();
    double sum = 0;
    for (float w : weights) {
      sum += w;
    }
    if (sum == 0) {
      weights[nearest(framing.toFrame(element.bounds().orElseThrow()), framing)] = 1;
      return weights;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / sum);
    }
    return weights;
  }

  /** The weighted mean of one picture's features. */
  float[] mean(Tensor output, int picture, float[] weights) {
    FloatBuffer data = output.data();
    int cells = columns * rows;
    int from = picture * channels * (first + cells);
    float[] mean = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = 0; i < cells; i++) {
        if (weights[i] != 0) {
          int at = isMap ? c * cells + i : (first + i) * channels + c;
          sum += (double) weights[i] * data.get(from + at);
        }
      }
      mean[c] = (float) sum;
    }
    return mean;
  }

  private int nearest(Box box, Framing framing) {
    return cell((box.top() + box.bottom()) / 2 / framing.frame().height(), rows) * columns
        + cell((box.left() + box.right()) / 2 / framing.frame().width(), columns);
  }

  private static int cell(double share, int cells) {
    return (int) Math.max(0, Math.min(cells - 1, share * cells));
  }
}
