package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.util.Optional;

/**
 * One picture that a run is held to.
 *
 * @param network empty for a pack whose UNet has its ControlNets inside
 * @param scale how much it counts; 1 as trained
 * @param from share of the run's steps before which it does not count, 0 to 1
 * @param to share of the steps after which it does not count, 0 to 1
 */
public record Control(
    Optional<ControlNet> network, Condition condition, double scale, double from, double to) {
  public Control {
    requireNonNull(network, "network is null");
    requireNonNull(condition, "condition is null");
    if (!(from >= 0 && to <= 1 && from < to)) {
      throw new InvalidInputException(
          "control", "found from %s to %s; expected a part of 0 to 1".formatted(from, to));
    }
  }

  /** The scale at a step of a run (docs/model-contracts.md section 6.5). */
  double scaleAt(int step, int steps) {
    return (double) step / steps < from || (step + 1.0) / steps > to ? 0 : scale;
  }

  /** All of it but the condition's pixels, of which a digest, for provenance. */
  String describe() {
    return "%s %s scale %s from %s to %s"
        .formatted(
            network.map(ControlNet::id).orElse("inside"), condition.digest(), scale, from, to);
  }
}
