package dev.anvil.segment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.anvil.image.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a campaign's pictures are about: its main element, by the labels that segmenters give it.
 * The encoder looks at it besides the whole picture, figures are placed round it, and sentences
 * name it.
 *
 * @param labels of which the largest one found is a picture's main element, the usual one first;
 *     none where the pictures have no main element
 */
public record Subject(@JsonValue List<String> labels) {
  /** Pictures of nothing in particular. */
  public static final Subject NONE = new Subject(List.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Subject {
    labels = List.copyOf(labels);
  }

  /** A label with those that are confused with it, see {@link LabelGroups}. */
  public static Subject of(String label) {
    List<String> labels = new ArrayList<>(LabelGroups.of(label));
    labels.remove(label);
    labels.add(0, label);
    return new Subject(labels);
  }

  /**
   * The element that is found on most pictures; of equal ones the first by name.
   *
   * @param picturesByLabel on how many pictures each label of a thing was found: stuff such as the
   *     sky is on more of them, and no campaign's subject unless somebody says so
   */
  public static Subject mostFrequent(Map<String, Integer> picturesByLabel) {
    return picturesByLabel.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(commonest -> of(commonest.getKey()))
        .orElse(NONE);
  }

  /** What people call it: {@code dog}; empty where there is none. */
  public Optional<String> name() {
    return labels.stream().findFirst();
  }

  /** Whether elements of a label are what the campaign is about. */
  public boolean is(String label) {
    return labels.contains(label);
  }

  /** The main element of a picture, empty when none is found. */
  public Optional<Element> in(Segmentation elements) {
    return elements.largest(labels);
  }

  /** The mask of a picture's main element, empty when none is found. */
  public Optional<Mask> maskIn(Segmentation elements) {
    return in(elements).map(Element::mask);
  }

  /** The labels as they stand in keys of what was computed. */
  @Override
  public String toString() {
    return labels.toString();
  }
}
