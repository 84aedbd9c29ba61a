package dev.anvil.predict.refit;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Folds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Repeated grouped cross-validation as an ensemble: in each repeat every fold is left out by one
 * refit, so a group is unseen by as many refits as there are repeats.
 *
 * <p>Choices that depend on data (a penalty, a number of trees, a weight) are made once from all
 * fitted rows, for all refits; nothing else passes from a group to the refits that leave it out.
 * Ensembles for other targets of the same posts (planted effects, permuted targets) reuse the
 * design.
 */
public final class RefitDesign {
  private final Plan plan;
  private final int[] fitRows;
  private final int rows;
  private final Map<Integer, int[]> foldsOfGroup;
  private final Refitter refitter;
  private final List<Part> parts;

  /**
   * How many refits.
   *
   * @param repeats refits that leave a group out
   * @param folds refits of one repeat; each sees all but one fold
   * @param resamples further ensembles, of one repeat, that learn from resampled posts
   */
  public record Plan(int repeats, int folds, int resamples, long seed) {
    /**
     * Fewer resamples say too little about their own variance: with six of them, widths of
     * intervals lay between .6 and 3 times the right one.
     */
    public static final int LEAST_RESAMPLES = 30;

    public Plan {
      if (repeats < 1 || folds < 2 || resamples < 0) {
        throw new InvalidInputException(
            "refits",
            "found %d repeats of %d folds, %d resamples; expected at least 1 of 2, 0"
                .formatted(repeats, folds, resamples));
      }
    }

    /**
     * Four repeats of five folds: 20 refits, of which four never saw a source; and 40 resamples, or
     * {@link #LEAST_RESAMPLES} of a regressor that is slow to fit.
     */
    public static Plan standard(Trainer trainer, long seed) {
      return new Plan(4, 5, trainer.isQuick() ? 40 : LEAST_RESAMPLES, seed);
    }
  }

  /** Rows that one refit is fitted to, as positions in {@code fitRows}. */
  private record Part(int[] positions, Refitter.Subset subset) {}

  private RefitDesign(
      Plan plan,
      int[] fitRows,
      int rows,
      Map<Integer, int[]> foldsOfGroup,
      Refitter refitter,
      List<Part> parts) {
    this.plan = plan;
    this.fitRows = fitRows;
    this.rows = rows;
    this.foldsOfGroup = foldsOfGroup;
    this.refitter = refitter;
    this.parts = parts;
  }

  /**
   * Divides the posts and does all work that does not depend on the target, but for the choices.
   *
   * @param features one row per post, those left out of fitting included
   * @param target one value per post, finite for {@code fitRows}; choices are made with it
   * @param groups one number per post
   * @param fitRows posts to fit to; any other (ramp-up, too little history) is never seen
   */
  public static RefitDesign prepare(
      Trainer trainer,
      Matrix features,
      double[] target,
      int[] groups,
      int[] fitRows,
      Plan plan,
      RunContext context) {
    int[] fitGroups = Training.select(groups, fitRows);
    Refitter refitter =
        trainer.prepare(
            features.select(fitRows), Training.select(target, fitRows), fitGroups, context);
    Map<Integer, int[]> foldsOfGroup = new TreeMap<>();
    List<Part> parts = new ArrayList<>();
    for (int repeat = 0; repeat < plan.repeats(); repeat++) {
      Folds folds = Folds.grouped(fitGroups, plan.folds(), Seeds.derive(plan.seed(), repeat));
      if (folds.count() < plan.folds()) {
        throw new InvalidInputException(
            "groups", "found %d; expected at least %d".formatted(folds.count(), plan.folds()));
      }
      for (int i = 0; i < fitGroups.length; i++) {
        foldsOfGroup.computeIfAbsent(fitGroups[i], g -> new int[plan.repeats()])[repeat] =
            folds.foldOfRow()[i];
      }
      for (int fold = 0; fold < folds.count(); fold++) {
        context.checkCancelled();
        int[] positions = folds.outside(fold);
        parts.add(new Part(positions, refitter.on(positions)));
      }
    }
    return new RefitDesign(
        plan, fitRows.clone(), features.rows(), foldsOfGroup, refitter, List.copyOf(parts));
  }

  /** What was chosen from data for all refits. */
  public Map<String, String> choices() {
    return refitter.choices();
  }

  /**
   * Fits all refits to a target.
   *
   * @param target one value per post, finite for the rows fitted to
   */
  public RefitEnsemble fit(double[] target, RunContext context) {
    return fit(target, plan.repeats(), context);
  }

  /** Fits all refits to targets that know no more than each may. */
  public RefitEnsemble fit(Targets targets, RunContext context) {
    return fit(targets, plan.repeats(), context);
  }

  /** Fits the refits of the first repeats only; each group is unseen by as many. */
  public RefitEnsemble fit(double[] target, int repeats, RunContext context) {
    return fit((Targets) training -> target, repeats, context);
  }

  /** The target as those know it who know the training posts of a refit only. */
  @FunctionalInterface
  public interface Targets {
    /**
     * One value per post, finite for the rows fitted to.
     *
     * @param training posts that the refit is fitted to
     */
    double[] knowing(int[] training);
  }

  /** Fits the refits of the first repeats to targets that know no more than each may. */
  public RefitEnsemble fit(Targets targets, int repeats, RunContext context) {
    if (repeats < 1 || repeats > plan.repeats()) {
      throw new IllegalArgumentException(
          "found %d repeats; expected 1 to %d".formatted(repeats, plan.repeats()));
    }
    try (Phase phase = context.start("refit", (long) repeats * plan.folds())) {
      return fitEach(List.of(targets), repeats, phase).get(0);
    }
  }

  /** Fits the refits of the first repeat to several targets; an ensemble each, in their order. */
  public List<RefitEnsemble> resample(List<Targets> targets, RunContext context) {
    try (Phase phase = context.start("resample", (long) targets.size() * plan.folds())) {
      return fitEach(targets, 1, phase);
    }
  }

  private List<RefitEnsemble> fitEach(List<Targets> targets, int repeats, Phase phase) {
    List<Part> used = parts.subList(0, repeats * plan.folds());
    List<Refitter.Fit> fits = new ArrayList<>();
    for (Targets each : targets) {
      for (Part part : used) {
        int[] training = Training.select(fitRows, part.positions());
        double[] target = each.knowing(training);
        if (target.length != rows) {
          throw new InvalidInputException(
              "target", "found %d values; expected %d".formatted(target.length, rows));
        }
        fits.add(new Refitter.Fit(part.subset(), Training.select(target, training)));
      }
    }
    List<Regressor> refits = refitter.fitEach(fits, phase);
    Map<Integer, int[]> ofGroup = new TreeMap<>();
    foldsOfGroup.forEach((group, folds) -> ofGroup.put(group, Arrays.copyOf(folds, repeats)));
    return IntStream.range(0, targets.size())
        .mapToObj(
            i ->
                new RefitEnsemble(
                    plan.folds(), ofGroup, refits.subList(i * used.size(), (i + 1) * used.size())))
        .toList();
  }
}
