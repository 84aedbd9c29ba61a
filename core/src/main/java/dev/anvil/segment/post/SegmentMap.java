package dev.anvil.segment.post;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * Which segment each pixel belongs to.
 *
 * @param ids {@code width * height} ids of segments, row by row from the top; a value that no
 *     segment has is no segment
 * @param segments in the order in which they were found
 */
record SegmentMap(int width, int height, int[] ids, List<Segment> segments) {
  /** The value of pixels of no segment where an algorithm numbers segments from 0. */
  static final int NONE = -1;

  SegmentMap {
    requireNonNull(ids, "ids is null");
    segments = List.copyOf(segments);
    if (ids.length != width * height) {
      throw new IllegalArgumentException(
          "found %d values; expected %d x %d".formatted(ids.length, width, height));
    }
  }

  /**
   * A segment.
   *
   * @param id its value in the map
   * @param label id of its class
   * @param score 0 to 1
   * @param isFused whether further segments of its class join it
   */
  record Segment(int id, int label, double score, boolean isFused) {}

  /** A map without segments. */
  static SegmentMap nothing(int width, int height, int value) {
    int[] ids = new int[width * height];
    Arrays.fill(ids, value);
    return new SegmentMap(width, height, ids, List.of());
  }
}
