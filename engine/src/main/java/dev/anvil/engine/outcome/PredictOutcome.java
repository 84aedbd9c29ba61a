package dev.anvil.engine.outcome;

import java.time.LocalDateTime;
import java.util.List;

/**
 * How new pictures will do.
 *
 * @param model run of the fit
 * @param metric that is predicted
 * @param at when they are posted
 */
public record PredictOutcome(
    long run, long model, String metric, LocalDateTime at, List<Prediction> predictions)
    implements Outcome {
  public PredictOutcome {
    predictions = List.copyOf(predictions);
  }

  /**
   * A prediction.
   *
   * @param picture its file
   * @param target in training standard deviations
   * @param metric on the metric's own scale
   * @param low lowest of the refits
   * @param high highest of the refits
   */
  public record Prediction(String picture, double target, double metric, double low, double high) {}
}
