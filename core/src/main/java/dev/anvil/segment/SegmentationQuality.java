package dev.anvil.segment;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How well a segmenter does against exact masks.
 *
 * @param labels by the truth's label, in the order of first appearance
 * @param millis mean time of one picture, decoding not included
 */
public record SegmentationQuality(Map<String, LabelQuality> labels, double millis) {
  /** A truth of fewer pixels, as a share of the picture, is too small to be asked for. */
  private static final double LEAST_COVERAGE = .0005;

  public SegmentationQuality {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * Quality on one label.
   *
   * @param present pictures that have such an element
   * @param found of these, pictures in which the segmenter found one that overlaps it
   * @param absent pictures without one
   * @param falseAlarms of these, pictures in which the segmenter found one
   * @param meanIou mean intersection over union where found; NaN when never found
   * @param meanIouWithMisses the same where present, a miss counting 0; NaN when never present
   */
  public record LabelQuality(
      int present,
      int found,
      int absent,
      int falseAlarms,
      double meanIou,
      double meanIouWithMisses) {}

  /**
   * A picture with its exact masks.
   *
   * @param truth mask by label; a label that the picture does not have has an empty mask
   */
  public record Sample(Supplier<Picture> picture, Map<String, Mask> truth) {
    public Sample {
      truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
    }
  }

  /**
   * Compares a segmenter with exact masks; an element counts under any label that is confused with
   * the truth's.
   */
  public static SegmentationQuality measure(
      Segmenter segmenter, List<Sample> samples, RunContext context) {
    Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
    long nanos = 0;
    try (Phase phase = context.start("segment", samples.size())) {
      for (Sample sample : samples) {
        Picture picture = sample.picture().get();
        long start = System.nanoTime();
        Segmentation found = segmenter.segment(picture, phase.context());
        nanos += System.nanoTime() - start;
        sample
            .truth()
            .forEach(
                (label, truth) ->
                    outcomes
                        .computeIfAbsent(label, l -> new ArrayList<>())
                        .add(Outcome.of(truth, find(found, label))));
        phase.step(1);
      }
    }
    Map<String, LabelQuality> labels = new LinkedHashMap<>();
    outcomes.forEach((label, list) -> labels.put(label, summary(list)));
    return new SegmentationQuality(labels, nanos / 1e6 / samples.size());
  }

  private static Optional<Element> find(Segmentation found, String label) {
    return found.largest(LabelGroups.of(label));
  }

  private record Outcome(boolean isPresent, boolean isFound, double iou) {
    static Outcome of(Mask truth, Optional<Element> found) {
      boolean isPresent = truth.coverage() >= LEAST_COVERAGE;
      double iou = found.map(e -> e.mask().iou(truth)).orElse(0.);
      return new Outcome(isPresent, isPresent ? iou > 0 : found.isPresent(), iou);
    }
  }

  private static LabelQuality summary(List<Outcome> outcomes) {
    List<Outcome> present = outcomes.stream().filter(Outcome::isPresent).toList();
    List<Outcome> found = present.stream().filter(Outcome::isFound).toList();
    List<Outcome> absent = outcomes.stream().filter(o -> !o.isPresent()).toList();
    return new LabelQuality(
        present.size(),
        found.size(),
        absent.size(),
        (int) absent.stream().filter(Outcome::isFound).count(),
        mean(found),
        mean(present));
  }

  private static double mean(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::iou).average().orElse(Double.NaN);
  }
}
