package dev.anvil.study.starter;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Remove;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts empty backgrounds out of posts: every element is taken away and its place is filled with
 * pieces of the surroundings.
 *
 * @param segmentations finds elements, also those that are left on a plate
 * @param subject posts whose main element is not found may show it all the same, and are not used
 * @param seed of the filling
 */
record PlateCutter(SegmentationCache segmentations, Subject subject, long seed) {
  /** More than this cannot be filled with pieces of the rest and still look like a place. */
  static final double MOST_FOREGROUND = .35;

  /**
   * Masks miss ends of elements, and what stands on the ground darkens it: so much more than an
   * element's box is filled, in shares of its height.
   */
  private static final double AROUND = .08;

  private static final Remove REMOVE = new Remove();

  PlateCutter {
    requireNonNull(segmentations, "segmentations is null");
  }

  /** The background of a post; empty where it cannot be cut out, or where elements are left. */
  Optional<Picture> cut(Post post, RunContext context) {
    Picture picture = PictureReader.DEFAULT.read(post.picture(), post.creative());
    Segmentation elements = segmentations.of(post);
    Mask foreground = Mask.empty(picture.width(), picture.height());
    for (Element element : elements.elements()) {
      if (element.isThing()) {
        foreground = foreground.union(around(element));
      }
    }
    boolean mainMissed = subject.name().isPresent() && subject.in(elements).isEmpty();
    if (mainMissed || foreground.coverage() > MOST_FOREGROUND) {
      return Optional.empty();
    }
    Picture plate =
        REMOVE.edit(new EditRequest(picture, elements, foreground, seed), context).picture();
    boolean left =
        segmentations.fresh(plate, context).elements().stream().anyMatch(Element::isThing);
    return left ? Optional.empty() : Optional.of(plate);
  }

  private static Mask around(Element element) {
    Box box = element.box();
    int width = element.mask().width();
    int height = element.mask().height();
    double more = AROUND * box.height();
    float[] alpha = new float[width * height];
    int top = (int) Math.max(0, box.top() - more);
    for (int y = top; y < Math.min(height, box.bottom() + more); y++) {
      int left = (int) Math.max(0, box.left() - more);
      int right = (int) Math.min(width, box.right() + more);
      Arrays.fill(alpha, y * width + left, y * width + Math.max(left, right), 1);
    }
    return new Mask(width, height, alpha);
  }

  /** Share of a post that its elements cover. */
  double foreground(Post post) {
    return 1 - segmentations.of(post).find(Segmentation.BACKGROUND).orElseThrow().mask().coverage();
  }
}
