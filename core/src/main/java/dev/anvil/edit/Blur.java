package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Convolution;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.Locale;
import java.util.Map;

/**
 * Blurs the requested element, or the background behind all elements; lettering in the background
 * stays sharp, since who blurs a background does not want to take a caption away.
 */
public final class Blur implements Editor {
  /** Parameters: {@code target} (element or background), {@code sigma} (.01). */
  static final EditorKind KIND =
      EditorKind.of(
          "blur",
          (given, editors) -> {
            String target =
                given.text("target", "element|background", "element or background", "background");
            double sigma = given.number("sigma", .01, 0, .2);
            given.check();
            return new Blur(Target.valueOf(target.toUpperCase(Locale.ROOT)), sigma);
          });

  /** What is blurred. */
  public enum Target {
    ELEMENT,
    BACKGROUND
  }

  private static final int FEATHER = 2;

  private final Target target;
  private final double sigma;

  /**
   * @param sigma standard deviation of the Gaussian as a share of the picture's longer side, for
   *     example .01
   */
  public Blur(Target target, double sigma) {
    if (!(sigma > 0 && sigma <= .2)) {
      throw new IllegalArgumentException(
          "found sigma %s; expected above 0, at most .2".formatted(sigma));
    }
    this.target = target;
    this.sigma = sigma;
  }

  @Override
  public String name() {
    return "blur";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of(
        "target", target.name().toLowerCase(Locale.ROOT), "sigma", Double.toString(sigma));
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture source = request.source();
    Mask region = target == Target.ELEMENT ? request.mask() : background(request);
    double pixels = sigma * Math.max(source.width(), source.height());
    return PasteBack.paste(
        source, blurred(source, region.threshold(.5), pixels), region.feathered(FEATHER));
  }

  @Override
  public int version() {
    return 2; // kept text
  }

  private static Mask background(EditRequest request) {
    return Layers.foreground(request).union(TextRegions.of(request.source())).inverted();
  }

  /** Only pixels of the region are mixed, so that nothing from outside bleeds into it. */
  private static Picture blurred(Picture source, Mask region, double sigma) {
    float[] weights = Convolution.gaussian(sigma);
    int w = source.width();
    int h = source.height();
    float[] inside = Convolution.plane(region.alpha(), w, h, weights);
    byte[] out = source.rgb().clone();
    float[] plane = new float[w * h];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = region.alpha()[i] * (source.rgb()[i * 3 + c] & 255);
      }
      float[] mixed = Convolution.plane(plane, w, h, weights);
      for (int i = 0; i < plane.length; i++) {
        if (inside[i] > 1e-3f) {
          out[i * 3 + c] = (byte) Math.min(255, mixed[i] / inside[i] + .5f);
        }
      }
    }
    return new Picture(w, h, out);
  }
}
