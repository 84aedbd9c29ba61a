package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import java.util.List;

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

  /**
   * A period without effects.
   *
   * @param period its name
   * @param why in words
   */
  public record Refused(String period, String why) {}
}
