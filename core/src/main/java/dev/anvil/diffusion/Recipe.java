package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be painted, and with how much effort.
 *
 * @param prompt what the picture shows
 * @param negative what it must not show; counts only where guidance is done outside the network
 * @param steps of the schedule, before strength takes its share
 * @param guidance how much the prompt counts; up to 1 the prompt alone is asked, once a step
 *     instead of twice
 * @param guess whether ControlNets act on the prompt's half alone, deeper layers more
 *     (docs/model-contracts.md section 6.5)
 */
public record Recipe(
    String prompt,
    String negative,
    int steps,
    double guidance,
    SchedulerKind scheduler,
    boolean guess) {
  public Recipe {
    requireNonNull(prompt, "prompt is null");
    requireNonNull(negative, "negative is null");
    requireNonNull(scheduler, "scheduler is null");
    List<Problem> problems = new ArrayList<>();
    if (steps < 1 || steps > 500) {
      problems.add(new Problem("steps", "found %d; expected 1 to 500".formatted(steps)));
    }
    if (!(guidance >= 0 && guidance <= 100)) {
      problems.add(new Problem("guidance", "found %s; expected 0 to 100".formatted(guidance)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** The same with another prompt. */
  public Recipe withPrompt(String other) {
    return new Recipe(other, negative, steps, guidance, scheduler, guess);
  }

  /** All of it by name, for provenance. */
  public Map<String, String> describe() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("prompt", prompt);
    out.put("negative", negative);
    out.put("steps", Integer.toString(steps));
    out.put("guidance", Double.toString(guidance));
    out.put("scheduler", scheduler.text());
    out.put("guess", Boolean.toString(guess));
    return out;
  }
}
