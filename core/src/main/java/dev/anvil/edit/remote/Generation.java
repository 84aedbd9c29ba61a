package dev.anvil.edit.remote;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a server is to make.
 *
 * @param model the server's name of a checkpoint; empty for the one it has loaded
 * @param negative what the picture must not show; may be blank
 * @param guidance how closely the prompt is followed (classifier-free guidance scale)
 * @param strength above 0 to 1: how much of the old picture is given up
 * @param scheduler the server's name of a noise schedule; empty for its own choice
 * @param controls what holds the new picture to the shapes of the old one
 */
record Generation(
    Optional<String> model,
    String prompt,
    String negative,
    int steps,
    double guidance,
    double strength,
    String sampler,
    Optional<String> scheduler,
    List<Control> controls) {
  /**
   * One ControlNet.
   *
   * @param module what makes its condition from the picture; {@code none} for the picture itself
   * @param model the server's name of the ControlNet
   * @param weight 0 (no hold) to 2
   * @param start share of the steps after which it begins
   * @param end share of the steps after which it ends
   * @param mode the server's word for what counts more, the prompt or this
   */
  record Control(
      String module, String model, double weight, double start, double end, String mode) {
    Control {
      requireNonNull(module, "module is null");
      requireNonNull(model, "model is null");
      requireNonNull(mode, "mode is null");
    }
  }

  Generation {
    requireNonNull(model, "model is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(negative, "negative is null");
    requireNonNull(sampler, "sampler is null");
    requireNonNull(scheduler, "scheduler is null");
    controls = List.copyOf(controls);
  }

  /** The same with another prompt. */
  Generation withPrompt(String other) {
    return new Generation(
        model, other, negative, steps, guidance, strength, sampler, scheduler, controls);
  }
}
