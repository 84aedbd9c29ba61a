package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One source creative and what was made of it (the paper's Fig 6).
 *
 * @param title names the source, for example its post
 * @param frames from left to right
 */
public record PictureStrip(String title, List<Frame> frames) {
  public PictureStrip {
    requireNonNull(title, "title is null");
    frames = List.copyOf(frames);
  }

  /** What a frame shows. */
  public enum Kind {
    SOURCE,
    MASK,
    CONTROL,
    VARIANT
  }

  /**
   * One picture.
   *
   * @param kind source, mask overlay, control or variant
   * @param label shown under the picture, for a variant its level
   * @param picture the thumbnail
   * @param change predicted relative change against the control, where it applies: .12 is +12 %
   */
  public record Frame(Kind kind, String label, Thumbnail picture, OptionalDouble change) {
    public Frame {
      requireNonNull(kind, "kind is null");
      requireNonNull(label, "label is null");
      requireNonNull(picture, "picture is null");
      requireNonNull(change, "change is null");
    }
  }
}
