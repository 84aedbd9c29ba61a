package dev.anvil.segment;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The elements of one picture.
 *
 * @param elements in the order in which they were found; the one labelled {@link #BACKGROUND} is
 *     what no thing covers, stuff that has a name (sky, trees) included
 */
public record Segmentation(List<Element> elements) {
  /** The label of what no thing covers. */
  public static final String BACKGROUND = "background";

  /** Before labels: only the one of them that covers most is meant. */
  public static final String LARGEST = "largest";

  public Segmentation {
    elements = List.copyOf(elements);
  }

  /**
   * Elements with the background after them, whose mask is empty when things cover everything. It
   * has steps of 1/255.
   */
  public static Segmentation of(int width, int height, List<Element> elements) {
    float[] alpha = Mask.full(width, height).alpha();
    for (Element element : elements.stream().filter(Element::isThing).toList()) {
      float[] covered = element.mask().alpha();
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = Math.min(alpha[i], Math.round((1 - covered[i]) * 255) / 255f);
      }
    }
    List<Element> all = new ArrayList<>(elements);
    all.add(
        new Element(BACKGROUND, 1, new Box(0, 0, width, height), new Mask(width, height, alpha)));
    return new Segmentation(all);
  }

  /**
   * The same, with a campaign's main element among the things even where its class is stuff, as
   * that of houses is: the background then leaves it out.
   */
  public Segmentation about(Subject subject) {
    if (elements.stream().noneMatch(e -> !e.isThing() && subject.is(e.label()))) {
      return this;
    }
    Mask any = elements.get(0).mask();
    return of(
        any.width(),
        any.height(),
        elements.stream()
            .filter(e -> !e.label().equals(BACKGROUND))
            .map(
                e ->
                    new Element(
                        e.label(),
                        e.confidence(),
                        e.box(),
                        e.mask(),
                        e.isThing() || subject.is(e.label())))
            .toList());
  }

  /**
   * For each pixel, row by row from the top, the index of the element that covers most of it; of
   * equal ones the first.
   */
  public int[] labelMap() {
    float[] best = new float[elements.get(0).mask().alpha().length];
    int[] map = new int[best.length];
    for (int e = 0; e < elements.size(); e++) {
      float[] alpha = elements.get(e).mask().alpha();
      for (int i = 0; i < best.length; i++) {
        if (alpha[i] > best[i]) {
          best[i] = alpha[i];
          map[i] = e;
        }
      }
    }
    return map;
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

  /**
   * Where the elements of any of these labels are: all of them, or the one that covers most where
   * the labels begin with {@link #LARGEST}. Empty when there is none.
   */
  public Optional<Mask> mask(List<String> labels) {
    if (labels.contains(LARGEST)) {
      return largest(labels).map(Element::mask);
    }
    return elements.stream()
        .filter(e -> labels.contains(e.label()))
        .map(Element::mask)
        .reduce(Mask::union);
  }
}
