package dev.anvil.segment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The elements of one picture.
 *
 * @param elements in the order in which they were found; the one labelled {@link #BACKGROUND} is
 *     what no other element covers
 */
public record Segmentation(List<Element> elements) {
  /** The label of what no element covers. */
  public static final String BACKGROUND = "background";

  public Segmentation {
    elements = List.copyOf(elements);
  }

  /** The element of that label that covers most, empty when there is none. */
  public Optional<Element> find(String label) {
    return elements.stream()
        .filter(e -> e.label().equals(label))
        .max(Comparator.comparingDouble(e -> e.mask().coverage()));
  }

  /** The element of any of these labels that covers most, empty when there is none. */
  public Optional<Element> largest(List<String> labels) {
    return labels.stream()
        .flatMap(l -> find(l).stream())
        .max(Comparator.comparingDouble(e -> e.mask().coverage()));
  }
}
