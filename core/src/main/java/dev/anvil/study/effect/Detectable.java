package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * What a contrast would find.
 *
 * @param pilot sources whose variation this is judged by
 * @param effect smallest relative effect that would be found with 80 % power, before correction for
 *     several contrasts: .05 is 5 %; empty where fewer than two sources of the pilot have a value
 */
public record Detectable(
    String factor, String level, String reference, int pilot, OptionalDouble effect) {
  public Detectable {
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(effect, "effect is null");
  }
}
