package dev.anvil.study.starter;

import dev.anvil.edit.InsertCutout;
import dev.anvil.image.Box;
import dev.anvil.image.Cutout;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import java.util.Optional;

/** Cuts whole figures out of pictures, to be inserted into others. */
final class FigureCutter {
  /** Below this a segmenter is often wrong about what it found, or about its outline. */
  private static final double CONFIDENCE = .8;

  /** A figure that is enlarged further than this looks painted: it covers so much of the height. */
  private static final double HEIGHT = .2;

  /** Least share of its box that a figure fills. */
  private static final double SOLID = .3;

  /** Least share of the detected height that the outline has; else a head or feet are missing. */
  private static final double UPRIGHT = .93;

  /** Pixels between a figure and the picture's edge, where it may be cut off. */
  private static final double MARGIN = 2;

  private FigureCutter() {}

  /** Whether an element is surely there as a whole and stands free of another. */
  static boolean isWhole(Element figure, Optional<Box> main) {
    Box box = figure.box();
    Mask mask = figure.mask();
    boolean inside =
        box.left() >= MARGIN
            && box.top() >= MARGIN
            && box.right() <= mask.width() - MARGIN
            && box.bottom() <= mask.height() - MARGIN;
    boolean free = main.map(m -> m.iou(box) == 0).orElse(true);
    double filled = mask.coverage() * mask.width() * mask.height() / Math.max(1, box.area());
    Box outline = mask.threshold(.5).bounds().orElse(new Box(0, 0, 0, 0));
    return inside
        && outline.height() >= UPRIGHT * box.height()
        && (!figure.label().equals(InsertCutout.PERSON) || hasHead(mask, outline))
        && free
        && figure.confidence() >= CONFIDENCE
        && box.height() >= HEIGHT * mask.height()
        && filled >= SOLID;
  }

  /** Outlines lose heads first: what is narrow above and wide below them has one. */
  private static boolean hasHead(Mask mask, Box outline) {
    double height = outline.height();
    double head = width(mask, outline, .06, .12);
    double shoulders = width(mask, outline, .18, .35);
    return head >= .07 * height && head <= .16 * height && head <= .65 * shoulders;
  }

  /** Mean width of a mask between two heights, as shares of its outline from above. */
  private static double width(Mask mask, Box outline, double from, double to) {
    int top = (int) (outline.top() + from * outline.height());
    int bottom = (int) (outline.top() + to * outline.height());
    int inside = 0;
    for (int y = top; y <= bottom; y++) {
      for (int x = (int) outline.left(); x < outline.right(); x++) {
        inside += mask.get(x, y) > .5f ? 1 : 0;
      }
    }
    return (double) inside / (bottom - top + 1);
  }

  /** The figure, cut close, its edge soft and a little inside so that no old background shows. */
  static Cutout cut(Picture picture, Element figure) {
    Mask mask = figure.mask().threshold(.5).eroded(1).feathered(1).intersection(figure.mask());
    Box box = mask.bounds().orElseThrow();
    int left = (int) box.left();
    int top = (int) box.top();
    int width = (int) box.width();
    int height = (int) box.height();
    return new Cutout(picture.crop(left, top, width, height), mask.crop(left, top, width, height));
  }
}
