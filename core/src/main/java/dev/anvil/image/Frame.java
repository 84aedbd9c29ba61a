package dev.anvil.image;

import static java.util.Objects.requireNonNull;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * One frame of an animation: a part of its screen.
 *
 * @param left where the part lies on the screen, in pixels
 * @param top likewise
 * @param blends whether clear pixels show the frame before, not the screen's ground
 * @param after what becomes of the part before the next frame is shown
 */
record Frame(int left, int top, int width, int height, boolean blends, After after) {
  /** What becomes of a frame's part of the screen. */
  enum After {
    STAYS,
    IS_CLEARED,
    IS_TAKEN_BACK
  }

  Frame {
    requireNonNull(after, "after is null");
  }

  /** Draws its pixels. */
  void show(BufferedImage pixels, BufferedImage screen) {
    Graphics2D graphics = screen.createGraphics();
    graphics.setComposite(blends ? AlphaComposite.SrcOver : AlphaComposite.Src);
    graphics.drawImage(pixels, left, top, null);
    graphics.dispose();
  }

  /**
   * Leaves the screen as the next frame finds it.
   *
   * @param before the screen before this frame was shown
   */
  void leave(BufferedImage before, BufferedImage screen) {
    if (after == After.STAYS) {
      return;
    }
    Graphics2D graphics = screen.createGraphics();
    graphics.setComposite(after == After.IS_CLEARED ? AlphaComposite.Clear : AlphaComposite.Src);
    graphics.setClip(left, top, width, height);
    if (after == After.IS_CLEARED) {
      graphics.fillRect(left, top, width, height);
    } else {
      graphics.drawImage(before, 0, 0, null);
    }
    graphics.dispose();
  }
}
