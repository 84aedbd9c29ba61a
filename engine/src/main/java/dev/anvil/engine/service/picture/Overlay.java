package dev.anvil.engine.service.picture;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A picture with its elements coloured, outlined and named; the background stays as it is. */
final class Overlay {
  /** Okabe and Ito's colours, which also colour-blind people tell apart, and two more. */
  private static final List<Integer> COLOURS =
      List.of(
          0xE69F00, 0x56B4E9, 0x009E73, 0xCC79A7, 0xF0E442, 0xD55E00, 0x0072B2, 0x8F5BD6, 0xB2DF3F);

  private static final double PAINT = .45;

  private final Picture picture;
  private final List<Element> elements;
  private final Font font;

  private Overlay(Picture picture, List<Element> elements) {
    this.picture = picture;
    this.elements = elements;
    int size = Math.max(11, Math.min(picture.width(), picture.height()) / 28);
    this.font = new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  static Picture of(Picture picture, List<Element> elements) {
    List<Element> shown =
        elements.stream().filter(e -> !e.label().equals(Segmentation.BACKGROUND)).toList();
    return new Overlay(picture, shown).draw();
  }

  private Picture draw() {
    byte[] rgb = picture.rgb().clone();
    for (int e = 0; e < elements.size(); e++) {
      paint(elements.get(e).mask(), colour(e), rgb);
    }
    for (int e = 0; e < elements.size(); e++) {
      outline(elements.get(e).mask(), colour(e), rgb);
    }
    BufferedImage image = new Picture(picture.width(), picture.height(), rgb).toBufferedImage();
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setFont(font);
    List<Rectangle> taken = new ArrayList<>();
    for (int e = 0; e < elements.size(); e++) {
      name(graphics, elements.get(e), colour(e), taken);
    }
    graphics.dispose();
    return Picture.of(image);
  }

  private static int colour(int element) {
    return COLOURS.get(element % COLOURS.size());
  }

  private static void paint(Mask mask, int colour, byte[] rgb) {
    for (int i = 0; i < rgb.length; i++) {
      double alpha = PAINT * mask.alpha()[i / 3];
      int paint = colour >> (16 - 8 * (i % 3)) & 255;
      rgb[i] = (byte) Math.round((rgb[i] & 255) * (1 - alpha) + paint * alpha);
    }
  }

  /** Pixels of the mask that have a neighbour outside it, two wide in large pictures. */
  private void outline(Mask mask, int colour, byte[] rgb) {
    int reach = Math.min(picture.width(), picture.height()) < 400 ? 1 : 2;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y) > .5f && isEdge(mask, x, y, reach)) {
          int i = (y * mask.width() + x) * 3;
          rgb[i] = (byte) (colour >> 16);
          rgb[i + 1] = (byte) (colour >> 8);
          rgb[i + 2] = (byte) colour;
        }
      }
    }
  }

  private static boolean isEdge(Mask mask, int x, int y, int reach) {
    return isOutside(mask, x - reach, y)
        || isOutside(mask, x + reach, y)
        || isOutside(mask, x, y - reach)
        || isOutside(mask, x, y + reach);
  }

  private static boolean isOutside(Mask mask, int x, int y) {
    return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.get(x, y) <= .5f;
  }

  /** Writes the label where the mask is widest, above a small one, below labels that are there. */
  private void name(Graphics2D graphics, Element element, int colour, List<Rectangle> taken) {
    FontMetrics metrics = graphics.getFontMetrics();
    String text = element.label() + " " + Math.round(100 * element.confidence()) + " %";
    int pad = Math.max(3, metrics.getHeight() / 5);
    int width = metrics.stringWidth(text) + 2 * pad;
    int height = metrics.getHeight() + pad;
    int middle = middle(element.mask());
    boolean isSmall = element.box().height() < 3 * height || element.box().width() < width;
    int top =
        isSmall
            ? (int) element.box().top() - height - 2
            : Math.floorDiv(middle, picture.width()) - height / 2;
    Rectangle box =
        new Rectangle(
            clamp(middle % picture.width() - width / 2, picture.width() - width),
            clamp(top, picture.height() - height),
            width,
            height);
    for (int tries = 0; tries < taken.size() && taken.stream().anyMatch(box::intersects); tries++) {
      box.y = clamp(box.y + height + 1, picture.height() - height);
    }
    taken.add(box);
    graphics.setColor(new Color(0x111111));
    graphics.fillRoundRect(box.x, box.y, width, height, pad * 2, pad * 2);
    graphics.setColor(new Color(colour));
    graphics.drawRoundRect(box.x, box.y, width - 1, height - 1, pad * 2, pad * 2);
    graphics.setColor(Color.WHITE);
    graphics.drawString(text, box.x + pad, box.y + pad / 2 + metrics.getAscent());
  }

  private static int clamp(int value, int most) {
    return Math.max(0, Math.min(value, most));
  }

  /** The pixel that is furthest from the mask's edge, in steps across and down. */
  private static int middle(Mask mask) {
    int width = mask.width();
    int[] depth = new int[width * mask.height()];
    for (int i = 0; i < depth.length; i++) {
      boolean isBorder = i < width || i % width == 0;
      depth[i] =
          mask.alpha()[i] <= .5f ? 0 : isBorder ? 1 : 1 + Math.min(depth[i - 1], depth[i - width]);
    }
    int best = 0;
    for (int i = depth.length - 1; i >= 0; i--) {
      boolean isBorder = i + width >= depth.length || i % width == width - 1;
      int after = isBorder ? 0 : Math.min(depth[i + 1], depth[i + width]);
      depth[i] = Math.min(depth[i], after + 1);
      best = depth[i] > depth[best] ? i : best;
    }
    return best;
  }
}
