package dev.anvil.segment;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Picture;
import java.util.List;

/** Finds the labelled elements of a picture. Deterministic; safe for use from several threads. */
public interface Segmenter extends AutoCloseable {
  /** Names the method and, by hash, its weights: equal ids give equal results. */
  String id();

  /**
   * The elements of a picture, the background last.
   *
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Segmentation segment(Picture picture, RunContext context);

  /** As above, without a way to stop. */
  default Segmentation segment(Picture picture) {
    return segment(picture, RunContext.NONE);
  }

  /**
   * How much a place of a picture resembles something, after a closer look than {@link #segment}
   * takes: 0 to 1. Of a segmenter that cannot look closer, the confidence of what it finds there.
   *
   * @param place in the picture's pixels
   * @param labels of what is looked for
   * @param enough a likeness above which it need not look any further; 1 where the highest is
   *     wanted
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  default double likeness(
      Picture picture, Box place, List<String> labels, double enough, RunContext context) {
    return segment(picture, context).elements().stream()
        .filter(e -> labels.contains(e.label()))
        .filter(e -> e.box().shareIn(place) > .4 && place.shareIn(e.box()) > .2)
        .mapToDouble(Element::confidence)
        .max()
        .orElse(0);
  }

  @Override
  void close();
}
