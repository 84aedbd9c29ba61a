package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.regressor.RegressorKind;
import dev.anvil.predict.regressor.Regressors;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.TargetTransform;
import java.util.stream.IntStream;

/**
 * Plants effects of known size: adds to the metric of chosen posts, makes the target again, and
 * fits a model's refits again (docs/method.md section 4.1; the paper's boosting, section on
 * hypothesis A).
 *
 * <p>Only posts that were measured after the ramp-up are planted on. Rolling mean and trend are
 * those of the planted metric, while the unit of the target stays that of the model: so scores
 * before and after can be subtracted.
 */
public final class Planter {
  private final FittedModel model;
  private final LearnedPosts posts;
  private final RefitDesign design;

  /**
   * A model of the planted metric.
   *
   * @param refits the model's refits, fitted to the planted target
   * @param transform from the planted metric to the planted target
   * @param shift how much more the target of the chosen posts that are fitted to rose than that of
   *     the others, in the model's training standard deviations: what a perfect model would show
   */
  public record Planted(RefitEnsemble refits, TargetTransform transform, double shift)
      implements AutoCloseable {
    public Planted {
      requireNonNull(refits, "refits is null");
      requireNonNull(transform, "transform is null");
    }

    /** Frees what the refits hold of native memory. */
    @Override
    public void close() {
      refits.close();
    }
  }

  private Planter(FittedModel model, LearnedPosts posts, RefitDesign design) {
    this.model = model;
    this.posts = posts;
    this.design = design;
  }

  /** Prepares the design that a model's refits were fitted by. */
  public static Planter of(FittedModel model, LearnedPosts posts, int threads, RunContext context) {
    FittedModel.Description description = model.description();
    RefitDesign design =
        RefitDesign.prepare(
            Regressors.trainer(
                new RegressorKind.Learned(
                    description.trainer(), description.settings(), description.seed(), threads)),
            posts.features(),
            posts.target(),
            posts.groups(),
            posts.fitRows(),
            model.refits().plan(model.resampled().size(), description.seed()),
            context);
    return new Planter(model, posts, design);
  }

  /** Whether each post can be planted on: it was measured, and after the ramp-up. */
  public boolean[] plantable() {
    boolean[] plantable = new boolean[posts.values().length];
    for (int i = 0; i < plantable.length; i++) {
      plantable[i] =
          !Double.isNaN(posts.values()[i]) && !model.transform().leftOut(posts.times().get(i));
    }
    return plantable;
  }

  /** Mean metric of the posts that can be planted on. */
  public double mean() {
    boolean[] plantable = plantable();
    return IntStream.range(0, posts.values().length)
        .filter(i -> plantable[i])
        .mapToDouble(i -> posts.values()[i])
        .average()
        .orElseThrow();
  }

  /** Posts that are fitted to, by their place. */
  public int[] fitRows() {
    return posts.fitRows().clone();
  }

  /** Group of near-duplicates of each post. */
  public int[] groups() {
    return posts.groups().clone();
  }

  /** Predictions for each post by the refits that never saw it, averaged. */
  public double[] unseenPredictions(RefitEnsemble refits) {
    return refits.predictUnseen(posts.features(), posts.groups());
  }

  /**
   * Plants an effect.
   *
   * @param chosen whether each post has the characteristic
   * @param times the mean metric is added to it; a count ends at 0, a rate at 0 and 1
   * @throws InvalidInputException when no post that is fitted to has the characteristic, or all do
   */
  public Planted plant(boolean[] chosen, double times, RunContext context) {
    boolean[] plantable = plantable();
    double amount = times * mean();
    double[] planted = posts.values().clone();
    for (int i = 0; i < planted.length; i++) {
      if (plantable[i] && chosen[i]) {
        planted[i] = possible(posts.values()[i] + amount);
      }
    }
    boolean[] training = new boolean[posts.values().length];
    for (int i = 0; i < training.length; i++) {
      training[i] = !Double.isNaN(posts.values()[i]);
    }
    Measured metric = new Measured(planted, posts.metric().smoothed());
    TargetTransform transform =
        TargetTransform.fit(model.transform().state().options(), posts.times(), metric, training)
            .inUnitsOf(model.transform());
    double[] plantedTarget = transform.apply(posts.times(), metric);
    return new Planted(design.fit(plantedTarget, context), transform, shift(plantedTarget, chosen));
  }

  private double shift(double[] plantedTarget, boolean[] chosen) {
    double[] weights = posts.features().weights();
    double[] sums = new double[2];
    double[] weighed = new double[2];
    int[] counts = new int[2];
    for (int row : posts.fitRows()) {
      int side = chosen[row] ? 1 : 0;
      sums[side] += weights[row] * (plantedTarget[row] - posts.target()[row]);
      weighed[side] += weights[row];
      counts[side]++;
    }
    if (counts[0] == 0 || counts[1] == 0) {
      throw new InvalidInputException(
          "characteristic",
          "found %d of %d posts that are fitted to; expected some with it and some without"
              .formatted(counts[1], posts.fitRows().length));
    }
    return sums[1] / weighed[1] - sums[0] / weighed[0];
  }

  private double possible(double value) {
    return switch (model.transform().state().options().kind()) {
      case COUNT, AMOUNT -> Math.max(0, value);
      case RATE -> Math.max(0, Math.min(1, value));
      case VALUE -> value;
    };
  }
}
