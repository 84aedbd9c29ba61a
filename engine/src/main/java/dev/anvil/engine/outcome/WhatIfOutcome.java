package dev.anvil.engine.outcome;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What edits of one picture would change.
 *
 * @param model run of the fit
 * @param metric that is predicted
 * @param picture id of the post, or the file
 * @param expected of the picture as it is, by refits that never saw it or a near-duplicate, on the
 *     metric's own scale; relative to what is usual where the model takes accounts apart and does
 *     not know this one
 * @param variants one per seed
 * @param notes what a person should know of these numbers, in sentences
 */
public record WhatIfOutcome(
    long run,
    long model,
    String metric,
    String picture,
    double expected,
    List<Variant> variants,
    List<String> notes)
    implements Outcome {
  public WhatIfOutcome {
    requireNonNull(metric, "metric is null");
    requireNonNull(picture, "picture is null");
    variants = List.copyOf(variants);
    notes = List.copyOf(notes);
  }

  /**
   * One edited picture.
   *
   * @param file PNG, which carries its request
   * @param seed of what the editor drew
   * @param reasons why the edit did not pass its checks; none when it did
   * @param changedShare share of the picture's pixels that differ, 0 to 1
   * @param outsideShare share of the pixels that may not differ which do; must be 0
   * @param expected of the variant, as of the picture
   * @param change of what is expected against the control, as a ratio minus one
   * @param interval of the change, had the model learned from other posts; empty where that is
   *     unknown
   */
  public record Variant(
      Path file,
      long seed,
      List<String> reasons,
      double changedShare,
      double outsideShare,
      double expected,
      double change,
      Optional<Interval> interval) {
    public Variant {
      requireNonNull(file, "file is null");
      reasons = List.copyOf(reasons);
      requireNonNull(interval, "interval is null");
    }
  }
}
