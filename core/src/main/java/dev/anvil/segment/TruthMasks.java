package dev.anvil.segment;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Mask;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Reads exact masks from 8-bit grey PNG files whose pixel values are numbers of elements. */
public final class TruthMasks {
  /** The showroom's numbers: 0 is background. */
  public static final Map<Integer, String> SHOWROOM = showroom();

  private TruthMasks() {}

  /**
   * A mask for each label; empty where the picture does not have it.
   *
   * @param labels label of each pixel value
   */
  public static Map<String, Mask> read(Path png, Map<Integer, String> labels) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    if (image == null || image.getRaster().getNumBands() != 1) {
      throw new InvalidInputException(
          png.toString(), "found no grey PNG; expected one value a pixel");
    }
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] values = raster.getSamples(0, 0, width, height, 0, new int[width * height]);
    Map<String, Mask> out = new LinkedHashMap<>();
    labels.forEach(
        (value, label) -> {
          float[] alpha = new float[values.length];
          for (int i = 0; i < alpha.length; i++) {
            alpha[i] = values[i] == value ? 1 : 0;
          }
          out.put(label, new Mask(width, height, alpha));
        });
    return out;
  }

  private static Map<Integer, String> showroom() {
    Map<Integer, String> out = new LinkedHashMap<>();
    out.put(1, "car");
    out.put(2, "person");
    return Collections.unmodifiableMap(out);
  }
}
