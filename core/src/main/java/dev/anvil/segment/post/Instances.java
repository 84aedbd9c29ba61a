package dev.anvil.segment.post;

import dev.anvil.segment.post.Queries.Candidate;
import dev.anvil.segment.post.SegmentMap.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns queries into instances, as Hugging Face's processors do (docs/model-contracts.md section
 * 4.2).
 */
public final class Instances {
  private Instances() {}

  /**
   * OneFormer's way: the panoptic core on the best scored pairs of query and class, and on bare
   * logits. Ids from 1.
   */
  public static SegmentMap oneFormer(Queries queries, Enlarging enlarging, Panoptic.Limits limits) {
    Maps masks = queries.masks();
    List<Candidate> candidates =
        queries.best().stream()
            .filter(c -> c.score() > limits.threshold())
            .sorted(Comparator.comparingInt(Candidate::query).thenComparing(Candidate::label))
            .toList();
    return Panoptic.weighted(
        candidates,
        c -> enlarging.plane(masks.values(), masks.offset(c.query())),
        enlarging,
        limits.overlap(),
        label -> false);
  }

  private record Instance(Candidate candidate, double score) {}

  /**
   * Mask2Former's way: a query's mask is where its logit is positive; its score is that of its
   * class times the mean probability in the mask. Ids from 0, -1 for pixels of no instance; where
   * instances overlap, the better one is on top.
   *
   * @param queries with masks already of 384 x 384
   */
  public static SegmentMap mask2Former(Queries queries, int width, int height, double threshold) {
    Maps masks = queries.masks();
    List<Instance> instances =
        queries.best().stream()
            .map(c -> new Instance(c, c.score() * meanInside(masks, c.query())))
            .filter(i -> i.score() > 0 && i.score() >= threshold)
            .sorted(Comparator.comparingDouble(Instance::score))
            .toList();
    int[] ids = new int[width * height];
    Arrays.fill(ids, SegmentMap.NONE);
    List<Segment> segments = new ArrayList<>();
    for (Instance instance : instances) {
      if (paint(masks, instance.candidate().query(), segments.size(), width, height, ids)) {
        segments.add(
            new Segment(segments.size(), instance.candidate().label(), instance.score(), false));
      }
    }
    return new SegmentMap(width, height, ids, segments);
  }

  /** Mean probability where a mask's logit is positive; 0 where it never is. */
  private static double meanInside(Maps masks, int query) {
    double sum = 0;
    int inside = 0;
    for (int i = masks.offset(query), end = i + masks.area(); i < end; i++) {
      if (masks.values()[i] > 0) {
        sum += Maps.sigmoid(masks.values()[i]);
        inside++;
      }
    }
    return sum / (inside + 1e-6);
  }

  /** Writes an id where a mask's nearest logit is positive; says whether it is anywhere. */
  private static boolean paint(Maps masks, int query, int id, int width, int height, int[] ids) {
    boolean isPainted = false;
    for (int y = 0; y < height; y++) {
      int row = masks.offset(query) + (int) ((long) y * masks.height() / height) * masks.width();
      for (int x = 0; x < width; x++) {
        if (masks.values()[row + (int) ((long) x * masks.width() / width)] > 0) {
          ids[y * width + x] = id;
          isPainted = true;
        }
      }
    }
    return isPainted;
  }
}
