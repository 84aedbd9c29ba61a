package dev.anvil.segment;

import java.util.List;
import java.util.stream.Stream;

/**
 * The labels of the elements that one picture shows, each once; the background is left out.
 *
 * @param things what stands before the background
 * @param stuff what is part of it: sky, trees
 */
public record FoundLabels(List<String> things, List<String> stuff) {
  /** Of a picture that shows nothing, or cannot be looked at. */
  public static final FoundLabels NONE = new FoundLabels(List.of(), List.of());

  public FoundLabels {
    things = List.copyOf(things);
    stuff = List.copyOf(stuff);
  }

  static FoundLabels of(Segmentation segmentation) {
    return new FoundLabels(labels(segmentation, true), labels(segmentation, false));
  }

  private static List<String> labels(Segmentation segmentation, boolean areThings) {
    return segmentation.elements().stream()
        .filter(e -> e.isThing() == areThings)
        .map(Element::label)
        .filter(l -> !l.equals(Segmentation.BACKGROUND))
        .distinct()
        .toList();
  }

  /** All of them, things first. */
  public List<String> all() {
    return Stream.concat(things.stream(), stuff.stream()).distinct().toList();
  }
}
