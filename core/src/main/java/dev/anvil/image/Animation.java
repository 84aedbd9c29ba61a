package dev.anvil.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/**
 * An animated picture: its screen's size, its frames, and how the pixels of each are decoded.
 *
 * @param frames at least one
 */
record Animation(int width, int height, List<Frame> frames, Pixels pixels) {
  /** Decodes one frame's part of the screen. */
  @FunctionalInterface
  interface Pixels {
    BufferedImage decode(int frame) throws IOException;
  }

  Animation {
    frames = List.copyOf(frames);
  }

  /**
   * The first frame that shows something: that is neither clear nor of one colour. The first of all
   * when none of those looked at does.
   *
   * @param most frames to look at
   */
  BufferedImage firstMeaningful(int most, Notices notices) throws IOException {
    BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    BufferedImage first = null;
    for (int i = 0; i < Math.min(most, frames.size()); i++) {
      Frame frame = frames.get(i);
      BufferedImage before =
          frame.after() == Frame.After.IS_TAKEN_BACK ? Emptiness.copy(screen) : screen;
      frame.show(pixels.decode(i), screen);
      if (frames.size() == 1 || !Emptiness.isBlank(screen)) {
        tell(i, notices);
        return screen;
      }
      first = first == null ? Emptiness.copy(screen) : first;
      frame.leave(before, screen);
    }
    tell(0, notices);
    return first;
  }

  private void tell(int frame, Notices notices) {
    if (frames.size() > 1) {
      notices.add(
          "is an animation of %d frames; %s is used",
          frames.size(),
          frame == 0
              ? "the first"
              : "frame %d, the first that shows something,".formatted(frame + 1));
    }
  }
}
