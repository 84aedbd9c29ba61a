package dev.anvil.segment;

import java.util.List;

/**
 * Labels that segmenters confuse with each other, and that people mean by one word. Nothing else in
 * Anvil knows of particular labels being alike.
 */
public final class LabelGroups {
  private static final List<List<String>> GROUPS = List.of(List.of("car", "truck", "bus"));

  private LabelGroups() {}

  /** A label and those that are confused with it, in the table's order; of most labels itself. */
  public static List<String> of(String label) {
    return GROUPS.stream()
        .filter(group -> group.contains(label))
        .findFirst()
        .orElse(List.of(label));
  }

  /** Whether two labels belong to one group of several. */
  public static boolean areConfused(String one, String other) {
    List<String> group = of(one);
    return group.size() > 1 && group.contains(other);
  }
}
