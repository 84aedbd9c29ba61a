package dev.anvil.segment.post;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.segment.Element;
import dev.anvil.segment.Label;
import dev.anvil.segment.LabelSet;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.post.SegmentMap.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns maps of segments and classes into elements. What is smaller than a share of the picture is
 * left out, as is what a network itself calls background.
 */
public final class FoundElements {
  private final int width;
  private final int height;
  private final double leastArea;
  private final List<Element> elements = new ArrayList<>();

  private FoundElements(int width, int height, double leastArea) {
    this.width = width;
    this.height = height;
    this.leastArea = leastArea;
  }

  /** One element for each segment. */
  public static Segmentation of(SegmentMap map, LabelSet labels, double leastArea) {
    FoundElements out = new FoundElements(map.width(), map.height(), leastArea);
    Map<Integer, Integer> pixels = new HashMap<>();
    for (int id : map.ids()) {
      pixels.merge(id, 1, Integer::sum);
    }
    for (Segment segment : best(map.segments())) {
      out.add(
          labels.byId(segment.label()).orElseThrow(),
          segment.score(),
          map.ids(),
          segment.id(),
          pixels.getOrDefault(segment.id(), 0));
    }
    return Segmentation.of(map.width(), map.height(), out.elements);
  }

  /** Of several entries of one id, as fused segments have them, the best scored one. */
  private static Collection<Segment> best(List<Segment> segments) {
    Map<Integer, Segment> best = new LinkedHashMap<>();
    for (Segment segment : segments) {
      best.merge(segment.id(), segment, (a, b) -> b.score() > a.score() ? b : a);
    }
    return best.values();
  }

  /** One element for each class that has pixels. */
  public static Segmentation of(
      ClassMap map, double[] confidences, LabelSet labels, double leastArea) {
    FoundElements out = new FoundElements(map.width(), map.height(), leastArea);
    int[] pixels = new int[labels.size()];
    for (int c : map.classes()) {
      pixels[c]++;
    }
    for (int c = 0; c < pixels.length; c++) {
      out.add(labels.labels().get(c), confidences[c], map.classes(), c, pixels[c]);
    }
    return Segmentation.of(map.width(), map.height(), out.elements);
  }

  private void add(Label label, double score, int[] ids, int id, int pixels) {
    if (pixels == 0
        || pixels < leastArea * width * height
        || label.name().equals(Segmentation.BACKGROUND)) {
      return;
    }
    float[] alpha = new float[ids.length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = ids[i] == id ? 1 : 0;
    }
    Mask mask = new Mask(width, height, alpha);
    element(label.name(), score, mask, label.isThing()).ifPresent(elements::add);
  }

  /** A thing in the box of its mask; empty when the mask is. */
  public static Optional<Element> thing(String label, double score, Mask mask) {
    return element(label, score, mask, true);
  }

  private static Optional<Element> element(String label, double score, Mask mask, boolean isThing) {
    Optional<Box> box = mask.bounds();
    return box.map(b -> new Element(label, Math.max(0, Math.min(1, score)), b, mask, isThing));
  }
}
