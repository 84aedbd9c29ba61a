package dev.anvil.edit;

import dev.anvil.image.Box;
import dev.anvil.image.Size;

/**
 * The part of a picture around a mask that is worked on at full size (docs/model-contracts.md
 * section 5.8).
 */
final class CropRegion {
  private CropRegion() {}

  /**
   * The mask's bounds with padding, grown to a shape and moved inside the picture, in whole pixels;
   * diffusers' {@code padding_mask_crop}. Where the picture is too small, the shape is not reached.
   *
   * @param mask bounds of the mask, in whole pixels
   * @param padding in pixels
   * @param shape whose ratio of width and height is wanted
   */
  static Box around(Box mask, Size picture, int padding, Size shape) {
    int left = (int) Math.max(0, mask.left() - padding);
    int top = (int) Math.max(0, mask.top() - padding);
    int right = (int) Math.min(picture.width(), mask.right() + padding);
    int bottom = (int) Math.min(picture.height(), mask.bottom() + padding);
    double ratio = (double) shape.width() / shape.height();
    if ((double) (right - left) / (bottom - top) > ratio) {
      int[] rows = grown(top, bottom, (right - left) / ratio, picture.height());
      return new Box(left, rows[0], right, rows[1]);
    }
    int[] columns = grown(left, right, (bottom - top) * ratio, picture.width());
    return new Box(columns[0], top, columns[1], bottom);
  }

  private static int[] grown(int from, int to, double length, int limit) {
    int more = (int) (length - (to - from));
    int start = from - Math.floorDiv(more, 2);
    int end = to + more - Math.floorDiv(more, 2);
    int over = Math.max(0, end - limit);
    start -= over;
    end -= over;
    int under = Math.max(0, -start);
    return new int[] {start + under, Math.min(limit, end + under)};
  }
}
