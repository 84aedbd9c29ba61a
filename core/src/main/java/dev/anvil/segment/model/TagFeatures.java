package dev.anvil.segment.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Picture;
import java.util.List;

/**
 * A picture as readable columns: how surely each of the detector's kinds of object is in it. The
 * features of the one-hot tag baseline (docs/method.md section 2).
 */
public final class TagFeatures {
  private final Detector detector;

  public TagFeatures(Detector detector) {
    this.detector = requireNonNull(detector, "detector is null");
  }

  /** Column names, for example {@code tag:car}. */
  public List<String> columns() {
    return detector.labels().stream().map(l -> "tag:" + l).toList();
  }

  /** The highest detection score of each kind, 0 to 1. */
  public float[] of(Picture picture) {
    return detector.bestScores(picture);
  }
}
