package dev.anvil.segment.post;

import dev.anvil.segment.post.Queries.Candidate;
import dev.anvil.segment.post.SegmentMap.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Turns queries into segments that do not overlap, in the two ways in use (docs/model-contracts.md
 * section 4.2). Each pixel goes to the query that scores highest there; a query keeps its pixels
 * when they are most of what it claimed.
 */
public final class Panoptic {
  private Panoptic() {}

  /**
   * What is kept.
   *
   * @param threshold least probability of a query's class
   * @param overlap least share of the pixels that a query claims which it must own
   */
  public record Limits(double threshold, double overlap) {
    static final Limits DEFAULT = new Limits(.5, .8);
  }

  /**
   * Hugging Face's way for OneFormer, Mask2Former, MaskFormer and DETR: every pixel has an owner,
   * so segments reach over what no query claims. Ids from 1, 0 for pixels of rejected queries, -1
   * everywhere when nothing is kept.
   *
   * @param fuses whether segments of a class become one
   */
  public static SegmentMap huggingFace(
      Queries queries, Enlarging enlarging, Limits limits, IntPredicate fuses) {
    return weighted(
        queries.candidates(limits.threshold()),
        c -> enlarging.plane(queries.masks().probabilities(c.query()), 0),
        enlarging,
        limits.overlap(),
        fuses);
  }

  /**
   * The core that panoptic and OneFormer's instance segmentation share.
   *
   * @param planes of a candidate at the new size, before they are weighted by score
   */
  static SegmentMap weighted(
      List<Candidate> candidates,
      Function<Candidate, float[]> planes,
      Enlarging enlarging,
      double overlap,
      IntPredicate fuses) {
    int width = enlarging.width();
    int height = enlarging.height();
    if (candidates.isEmpty()) {
      return SegmentMap.nothing(width, height, SegmentMap.NONE);
    }
    int[] owner = new int[width * height];
    float[] best = new float[owner.length];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    int[] claimed = new int[candidates.size()];
    for (int k = 0; k < candidates.size(); k++) {
      float[] plane = planes.apply(candidates.get(k));
      float score = candidates.get(k).score();
      for (int i = 0; i < owner.length; i++) {
        float value = plane[i] * score;
        claimed[k] += value >= .5f ? 1 : 0;
        if (value > best[i]) {
          best[i] = value;
          owner[i] = k;
        }
      }
    }
    int[] owned = new int[candidates.size()];
    for (int k : owner) {
      owned[k]++;
    }
    Numbering numbering = new Numbering(fuses, true);
    int[] ids = new int[candidates.size()];
    for (int k = 0; k < ids.length; k++) {
      // PyTorch divides in float32 and compares as double: 12 of 15 pixels are more than .8.
      if (owned[k] > 0 && claimed[k] > 0 && (double) ((float) owned[k] / claimed[k]) > overlap) {
        ids[k] = numbering.accept(candidates.get(k));
      }
    }
    int[] map = new int[owner.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = ids[owner[i]];
    }
    return new SegmentMap(width, height, map, numbering.segments);
  }

  /**
   * The way of OneFormer's authors: segments are cut where a query is less than half sure, stuff of
   * a class is one segment. Ids from 1; 0 for pixels of no segment. For editing the better one.
   *
   * @param isThing whether a class has instances
   */
  public static SegmentMap shiLabs(
      Queries queries, Enlarging enlarging, Limits limits, IntPredicate isThing) {
    List<Candidate> candidates = queries.candidates(limits.threshold());
    Maps masks = queries.masks();
    int[] owner = new int[enlarging.width() * enlarging.height()];
    float[] best = new float[owner.length];
    boolean[] isInside = new boolean[owner.length];
    int[] claimed = new int[candidates.size()];
    for (int k = 0; k < candidates.size(); k++) {
      float[] plane = enlarging.plane(masks.values(), masks.offset(candidates.get(k).query()));
      float score = candidates.get(k).score();
      for (int i = 0; i < owner.length; i++) {
        claimed[k] += plane[i] >= 0 ? 1 : 0;
        // A probability is at most 1, so that most need not be computed.
        if (score > best[i]) {
          float value = Maps.sigmoid(plane[i]) * score;
          if (value > best[i]) {
            best[i] = value;
            owner[i] = k;
            isInside[i] = plane[i] >= 0;
          }
        }
      }
    }
    int[] owned = new int[candidates.size()];
    int[] written = new int[candidates.size()];
    for (int i = 0; i < owner.length && !candidates.isEmpty(); i++) {
      owned[owner[i]]++;
      written[owner[i]] += isInside[i] ? 1 : 0;
    }
    Numbering numbering = new Numbering(isThing.negate(), false);
    int[] ids = new int[candidates.size()];
    for (int k = 0; k < ids.length; k++) {
      if (written[k] > 0 && (double) owned[k] / claimed[k] >= limits.overlap()) {
        ids[k] = numbering.accept(candidates.get(k));
      }
    }
    int[] map = new int[owner.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = isInside[i] ? ids[owner[i]] : 0;
    }
    return new SegmentMap(enlarging.width(), enlarging.height(), map, numbering.segments);
  }

  /** Gives ids from 1 to accepted candidates; those of a fused class share their first one's. */
  private static final class Numbering {
    private final IntPredicate fuses;
    private final boolean listsAgain;
    private final Map<Integer, Integer> idOfClass = new HashMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private int last;

    /**
     * Nothing accepted yet.
     *
     * @param listsAgain whether a candidate that joins a segment is listed as well, under its id
     */
    Numbering(IntPredicate fuses, boolean listsAgain) {
      this.fuses = fuses;
      this.listsAgain = listsAgain;
    }

    int accept(Candidate candidate) {
      boolean isFused = fuses.test(candidate.label());
      Integer known = isFused ? idOfClass.get(candidate.label()) : null;
      int id = known == null ? ++last : known;
      if (isFused) {
        idOfClass.putIfAbsent(candidate.label(), id);
      }
      if (known == null || listsAgain) {
        segments.add(new Segment(id, candidate.label(), candidate.score(), isFused));
      }
      return id;
    }
  }
}
