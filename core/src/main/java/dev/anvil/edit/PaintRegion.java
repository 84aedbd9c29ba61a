package dev.anvil.edit;

import dev.anvil.edit.Regions.Region;
import dev.anvil.image.Box;
import dev.anvil.image.Convolution;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.OkLabPicture;
import java.util.List;

/**
 * Which pixels of an element are of a given paint.
 *
 * <p>Coloured paints are told by hue and by chroma relative to lightness, which shading does not
 * change. White, silver and black look much like windows, tyres and rims, so for them the place in
 * a car counts too: windows are in the upper part, rims are islands in the lower part.
 */
final class PaintRegion {
  private PaintRegion() {}

  /** Membership of every pixel, 0 outside the mask. */
  static Mask of(OkLabPicture lab, Mask mask, Box box, OkLab paint) {
    int width = lab.width();
    float[] like = new float[mask.alpha().length];
    for (int i = 0; i < like.length; i++) {
      if (mask.alpha()[i] > 0) {
        int y = i / width;
        double down = (y + .5 - box.top()) / box.height();
        like[i] = (float) likeness(lab.at(i), paint, 1 - ramp(down, .38, .5));
      }
    }
    double sigma = Math.max(.8, .0025 * Math.max(width, lab.height()));
    float[] smooth = Convolution.plane(like, width, lab.height(), Convolution.gaussian(sigma));
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] = mask.alpha()[i] * (float) ramp(smooth[i], .2, .8);
    }
    Mask region = new Mask(width, lab.height(), smooth);
    if (Paint.isColoured(paint)) {
      return region;
    }
    return paint.l() < .45 ? withoutWheels(region, lab, box, paint) : withoutIslands(region, box);
  }

  /**
   * 0 to 1: could this pixel be that paint under some light?
   *
   * @param strictness 0 allows much light and shade on grey paints, 1 little
   */
  static double likeness(OkLab pixel, OkLab paint, double strictness) {
    return Paint.isColoured(paint)
        ? hueLikeness(pixel, paint)
        : greyLikeness(pixel, paint, strictness);
  }

  private static double hueLikeness(OkLab pixel, OkLab paint) {
    // shading scales l, a and b alike, so a / l and b / l stay; highlights move both towards 0
    double l = Math.max(.05, pixel.l());
    double pa = paint.a() / paint.l();
    double pb = paint.b() / paint.l();
    double squared = pa * pa + pb * pb;
    double along = (pixel.a() / l * pa + pixel.b() / l * pb) / squared;
    double aside = Math.abs(pixel.a() / l * pb - pixel.b() / l * pa) / squared;
    return ramp(along, .2, .5) * (1 - ramp(aside, .3 * along, .3 + .4 * along));
  }

  private static double greyLikeness(OkLab pixel, OkLab paint, double strictness) {
    double room = 1 - .6 * strictness;
    double tint = Math.hypot(pixel.a() - paint.a(), pixel.b() - paint.b());
    double below = paint.l() - pixel.l();
    double shade = (.1 + .25 * paint.l()) * room;
    double light =
        below > 0 ? 1 - ramp(below, shade, 1.6 * shade) : 1 - ramp(-below, .2 * room, .45 * room);
    double reach = paint.l() < .45 ? .06 : .04;
    return light * (1 - ramp(tint, reach * room, 2 * reach * room));
  }

  /** Light rims inside dark tyres are not connected with a light body. */
  private static Mask withoutIslands(Mask region, Box box) {
    List<Region> parts = Regions.of(region.threshold(.5).eroded(1));
    int largest = parts.stream().mapToInt(p -> p.pixels().length).max().orElse(0);
    Mask out = region;
    for (Region part : parts) {
      double middle = (part.box().top() + part.box().bottom()) / 2;
      boolean low = middle > box.top() + .55 * box.height();
      if (low && part.pixels().length < .15 * largest) {
        out = out.minus(part.mask(region.width(), region.height()).dilated(2));
      }
    }
    return out;
  }

  /** In a dark car the rims are lighter than body and tyres: tyres are what is round them. */
  private static Mask withoutWheels(Mask region, OkLabPicture lab, Box box, OkLab paint) {
    float[] light = new float[region.alpha().length];
    for (int i = 0; i < light.length; i++) {
      int y = i / lab.width();
      boolean low = y > box.top() + .5 * box.height() && y < box.bottom();
      int x = i % lab.width();
      boolean inside = low && x >= box.left() && x < box.right();
      light[i] = inside && lab.l()[i] > paint.l() + .12 ? 1 : 0;
    }
    Mask out = region;
    Mask lights = new Mask(lab.width(), lab.height(), light);
    for (Region part : Regions.of(lights)) {
      Box rim = part.box();
      boolean upright = rim.height() > .8 * rim.width() && rim.width() > .25 * rim.height();
      boolean sized = rim.height() > .12 * box.height() && rim.height() < .45 * box.height();
      double middle = (rim.top() + rim.bottom()) / 2;
      if (upright && sized && middle > box.top() + .6 * box.height()) {
        Box tyre = grown(rim, .28 * rim.width(), .28 * rim.height());
        out = out.minus(Layers.dome(tyre, lab.width(), lab.height()).threshold(0));
      }
    }
    return out;
  }

  private static Box grown(Box box, double across, double down) {
    return new Box(
        box.left() - across, box.top() - down, box.right() + across, box.bottom() + down);
  }

  private static double ramp(double value, double from, double to) {
    double t = Math.max(0, Math.min(1, (value - from) / (to - from)));
    return t * t * (3 - 2 * t);
  }
}
