package dev.anvil.engine.service.model;

import dev.anvil.campaign.Post;
import dev.anvil.image.Box;
import dev.anvil.segment.Segmentation;
import java.util.List;

/**
 * The picture of a post, and the elements that a model's segmenter finds in it.
 *
 * @param width of the picture in pixels, upright
 * @param height of it
 * @param elements in the order of the label map's numbers; the background is among them
 * @param map for each pixel, row by row from the top, the index of the element that covers most of
 *     it. Read only.
 */
public record Creative(Post post, int width, int height, List<Part> elements, int[] map) {
  public Creative {
    elements = List.copyOf(elements);
  }

  /**
   * An element.
   *
   * @param confidence 0 to 1
   * @param coverage share of the picture
   */
  public record Part(String label, double confidence, Box box, double coverage) {}

  static Creative of(Post post, Segmentation found) {
    var mask = found.elements().get(0).mask();
    return new Creative(
        post,
        mask.width(),
        mask.height(),
        found.elements().stream()
            .map(e -> new Part(e.label(), e.confidence(), e.box(), e.mask().coverage()))
            .toList(),
        found.labelMap());
  }
}
