package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.LabelGroups;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an edit is to take away.
 *
 * @param label of the elements that are taken away
 * @param mask where they are
 */
public record Removal(String label, Mask mask) {
  /** Share of an element within a mask above which it is a part of it. */
  private static final double WITHIN = .5;

  /** Score of a closer look above which something is there; see docs/editors.md. */
  static final double STILL_LIKE = .1;

  public Removal {
    requireNonNull(label, "label is null");
    requireNonNull(mask, "mask is null");
  }

  /** What lies under a request's mask; empty when that is no element. */
  static Optional<Removal> of(EditRequest request) {
    return request.elements().elements().stream()
        .filter(e -> !e.label().equals(Segmentation.BACKGROUND))
        .filter(e -> within(e.mask(), request.mask()) > WITHIN)
        .max(Comparator.comparingDouble(e -> e.mask().coverage()))
        .map(e -> new Removal(e.label(), request.mask()));
  }

  /**
   * Why it cannot be said that they are gone; nothing when it can.
   *
   * @param before elements of the source
   * @param segmenter looks at the edited picture, and closer at the place
   */
  List<String> leftovers(
      Segmentation before, Picture edited, Segmenter segmenter, RunContext context) {
    List<String> labels = LabelGroups.of(label);
    List<Mask> staying =
        before.elements().stream()
            .filter(e -> labels.contains(e.label()) && within(e.mask(), mask) <= WITHIN)
            .map(Element::mask)
            .toList();
    long left =
        segmenter.segment(edited, context).elements().stream()
            .filter(e -> labels.contains(e.label()))
            .filter(e -> staying.stream().noneMatch(s -> within(e.mask(), s) > WITHIN))
            .count();
    if (left > 0) {
      return List.of(
          String.format(Locale.ROOT, "%s not removed: %d still found afterwards", label, left));
    }
    double likeness =
        Regions.of(mask).stream()
            .mapToDouble(region -> segmenter.likeness(edited, region.box(), labels, 1, context))
            .max()
            .orElse(0);
    return likeness > STILL_LIKE
        ? List.of(
            String.format(
                Locale.ROOT,
                "%s not removed: its place still looks like one (score %.2f)",
                label,
                likeness))
        : List.of();
  }

  private static double within(Mask mask, Mask other) {
    double all = mask.coverage();
    return all == 0 ? 0 : mask.intersection(other).coverage() / all;
  }
}
