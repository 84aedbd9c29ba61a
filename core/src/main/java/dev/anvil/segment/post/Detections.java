package dev.anvil.segment.post;

import dev.anvil.image.Box;
import dev.anvil.onnx.Tensor;
import dev.anvil.segment.Detection;
import dev.anvil.segment.LabelGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Turns a detector's raw scores and boxes into detections. */
public final class Detections {
  private static final Comparator<Detection> BEST_FIRST =
      Comparator.comparingDouble(Detection::score)
          .reversed()
          .thenComparing(Detection::label)
          .thenComparing(d -> d.box().toString());

  /** Above this overlap, two boxes of one label are one object. */
  private static final double SAME_LABEL_IOU = .6;

  /** A box of which this share lies in a better one of its label is a part of that object. */
  private static final double SAME_LABEL_INSIDE = .85;

  private static final double CONFUSED_IOU = .5;
  private static final double ANY_LABEL_IOU = .8;

  private Detections() {}

  /**
   * Detections of one picture, best first: at least {@code threshold} in score, overlapping boxes
   * of one label reduced to the best (greedy non-maximum suppression at IoU .6).
   *
   * @param scores [1, anchors, classes], 0 to 1
   * @param boxes [1, anchors, 4]: top, left, bottom, right as fractions of the picture
   * @param labels name of each class; a class without one is never detected
   * @param most at most so many detections
   */
  public static List<Detection> decode(
      Tensor scores,
      Tensor boxes,
      List<Optional<String>> labels,
      int width,
      int height,
      double threshold,
      int most) {
    int anchors = scores.dim(1);
    int classes = scores.dim(2);
    List<Detection> candidates = new ArrayList<>();
    for (int a = 0; a < anchors; a++) {
      for (int c = 0; c < Math.min(classes, labels.size()); c++) {
        float score = scores.data().get(a * classes + c);
        Optional<String> label = labels.get(c);
        Optional<Box> box = score >= threshold ? box(boxes, a, width, height) : Optional.empty();
        if (label.isPresent() && box.isPresent()) {
          candidates.add(new Detection(label.get(), Math.min(1, score), box.get()));
        }
      }
    }
    return keepBest(candidates, Detections::isSameLabelTwice).stream().limit(most).toList();
  }

  /**
   * One detection for each object: of two labels for one object (car and truck) the better scored
   * one stays, and a part of an object does not count as another one.
   */
  public static List<Detection> distinct(List<Detection> detections) {
    return keepBest(detections, Detections::isSameObject);
  }

  private static List<Detection> keepBest(
      List<Detection> candidates, BiPredicate<Detection, Detection> same) {
    List<Detection> kept = new ArrayList<>();
    candidates.stream()
        .sorted(BEST_FIRST)
        .filter(d -> kept.stream().noneMatch(k -> same.test(k, d)))
        .forEach(kept::add);
    return List.copyOf(kept);
  }

  private static boolean isSameLabelTwice(Detection better, Detection other) {
    return better.label().equals(other.label()) && better.box().iou(other.box()) > SAME_LABEL_IOU;
  }

  private static boolean isSameObject(Detection better, Detection other) {
    double iou = better.box().iou(other.box());
    return iou > ANY_LABEL_IOU
        || (LabelGroups.areConfused(better.label(), other.label()) && iou > CONFUSED_IOU)
        || (better.label().equals(other.label())
            && other.box().shareIn(better.box()) > SAME_LABEL_INSIDE);
  }

  /** The part within the picture, empty when nothing is left of it. */
  private static Optional<Box> box(Tensor boxes, int anchor, int width, int height) {
    double top = clamp(boxes.data().get(anchor * 4)) * height;
    double left = clamp(boxes.data().get(anchor * 4 + 1)) * width;
    double bottom = clamp(boxes.data().get(anchor * 4 + 2)) * height;
    double right = clamp(boxes.data().get(anchor * 4 + 3)) * width;
    return right - left >= 1 && bottom - top >= 1
        ? Optional.of(new Box(left, top, right, bottom))
        : Optional.empty();
  }

  private static double clamp(double fraction) {
    return Math.max(0, Math.min(1, fraction));
  }
}
