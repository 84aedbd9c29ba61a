package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.image.Box;
import dev.anvil.image.Convolution;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PilResize;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Puts all elements before another background, a plate that the seed draws.
 *
 * <p>The plate is scaled to cover the picture. The darkness below and beside the elements, their
 * shadow on the ground, is carried over.
 */
public final class ReplaceBackground implements Editor {
  /** Parameter: {@code plates}, picture files. */
  static final EditorKind KIND =
      EditorKind.of(
          "background",
          (given, editors) -> {
            List<Path> plates = given.pictures("plates", true);
            given.check();
            return new ReplaceBackground(plates);
          });

  private static final int FEATHER = 2;

  /** Share of the elements' height within which darkness counts as their shadow. */
  private static final double SHADOW_REACH = .3;

  private static final double DARKEST = .3;

  private final List<Asset<Picture>> plates;

  /**
   * Reads the plates.
   *
   * @param plates at least one picture file
   */
  public ReplaceBackground(List<Path> plates) {
    if (plates.isEmpty()) {
      throw new IllegalArgumentException("found no plate; expected at least one");
    }
    this.plates = Asset.readAll(plates, PictureReader.DEFAULT::read);
  }

  @Override
  public String name() {
    return "background";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("plates", Asset.describe(plates));
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture source = request.source();
    Mask foreground = Layers.foreground(request);
    int drawn = Seeds.random(request.seed(), "plate").nextInt(plates.size());
    Picture plate = cover(plates.get(drawn).content(), source.width(), source.height());
    Picture ground =
        foreground
            .bounds()
            .map(box -> shaded(plate, shadow(source, foreground, box)))
            .orElse(plate);
    // the edge lies a little inside, so that no rim of the old background is kept
    Mask behind = foreground.eroded(1).feathered(FEATHER).inverted();
    return PasteBack.paste(source, ground, behind);
  }

  /** The largest middle part of the plate that has the picture's shape, at the picture's size. */
  static Picture cover(Picture plate, int width, int height) {
    double scale = Math.max((double) width / plate.width(), (double) height / plate.height());
    int w = Math.max(width, (int) Math.round(plate.width() * scale));
    int h = Math.max(height, (int) Math.round(plate.height() * scale));
    return PilResize.resize(plate, w, h, PilResize.Filter.BICUBIC)
        .crop((w - width) / 2, (h - height) / 2, width, height);
  }

  /** How much light the ground near the elements gets, 1 where there is no shadow. */
  private static float[] shadow(Picture source, Mask foreground, Box box) {
    int w = source.width();
    int h = source.height();
    float[] open = foreground.dilated(1).inverted().alpha();
    double reach = SHADOW_REACH * box.height();
    int from = (int) (box.top() + .55 * box.height());
    float[] light = new float[w * h];
    float[] weight = new float[w * h];
    for (int i = from * w; i < light.length; i++) {
      weight[i] = open[i];
      light[i] = open[i] * luminance(source, i);
    }
    float usual = median(light, weight);
    float[] blur = Convolution.gaussian(Math.max(1, .03 * box.height()));
    float[] mixed = Convolution.plane(light, w, h, blur);
    float[] share = Convolution.plane(weight, w, h, blur);
    float[] near = foreground.dilated(reach / 2).feathered((int) Math.ceil(reach / 2)).alpha();
    float[] out = new float[w * h];
    for (int i = 0; i < out.length; i++) {
      double ratio =
          share[i] < .02 || i / w < from ? 1 : mixed[i] / share[i] / Math.max(.01, usual);
      double kept = Math.max(DARKEST, Math.min(1, 1.15 * ratio));
      out[i] = (float) (1 - near[i] * (1 - kept));
    }
    return out;
  }

  private static float median(float[] values, float[] weights) {
    float[] kept = new float[values.length];
    int n = 0;
    for (int i = 0; i < kept.length; i++) {
      if (weights[i] > .5f) {
        kept[n++] = values[i];
      }
    }
    float[] sorted = Arrays.copyOf(kept, n);
    Arrays.sort(sorted);
    return n == 0 ? 1 : sorted[n / 2];
  }

  private static Picture shaded(Picture plate, float[] light) {
    byte[] out = plate.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      if (light[i / 3] < 1) {
        out[i] = (byte) OkLab.srgb(light[i / 3] * OkLab.linear(out[i] & 255));
      }
    }
    return new Picture(plate.width(), plate.height(), out);
  }

  private static float luminance(Picture picture, int i) {
    byte[] rgb = picture.rgb();
    return (float)
        (.2126 * OkLab.linear(rgb[i * 3] & 255)
            + .7152 * OkLab.linear(rgb[i * 3 + 1] & 255)
            + .0722 * OkLab.linear(rgb[i * 3 + 2] & 255));
  }
}
