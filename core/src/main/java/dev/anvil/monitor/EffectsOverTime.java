package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The effects of a study by periods.
 *
 * @param study its run
 * @param name of the study
 * @param periods that effects were estimated in, oldest first
 * @param refused periods that they were not, and why
 * @param effects one per contrast of the study
 */
public record EffectsOverTime(
    long study,
    String name,
    List<EffectPeriod> periods,
    List<Refused> refused,
    List<EffectHistory> effects) {
  public EffectsOverTime {
    requireNonNull(name, "name is null");
    periods = List.copyOf(periods);
    refused = List.copyOf(refused);
    effects = List.copyOf(effects);
  }

  /** What is not shown, and why; one sentence each. */
  public List<String> leftOut() {
    Map<String, Set<String>> shrunken = new LinkedHashMap<>();
    for (EffectHistory history : effects) {
      if (!history.shrunken().isEmpty()) {
        shrunken.computeIfAbsent(history.factor(), f -> new TreeSet<>()).addAll(history.shrunken());
      }
    }
    List<String> notes = new ArrayList<>();
    refused.forEach(r -> notes.add("Left out " + r.why() + "."));
    shrunken.forEach(
        (factor, in) ->
            notes.add(
                "Left out %s in %s: the posts of a period by itself do not tell its levels apart, so that the model's shrinkage cannot be corrected."
                    .formatted(factor, String.join(", ", in))));
    return notes;
  }

  /**
   * A period without effects.
   *
   * @param period its name
   * @param why in words
   */
  public record Refused(String period, String why) {}
}
