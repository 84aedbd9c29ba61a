package dev.anvil.engine.outcome;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.anvil.stats.Interval;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * How new pictures will do.
 *
 * @param model run of the fit
 * @param metric that is predicted
 * @param at when they are posted; empty where posts have no dates
 * @param posts that the model learned from
 * @param notes what a person should know of these predictions, in sentences
 * @param predictions in the order of the request
 * @param account that posts them, where the model takes accounts apart
 */
public record PredictOutcome(
    long run,
    long model,
    String metric,
    Optional<LocalDateTime> at,
    int posts,
    List<String> notes,
    List<Prediction> predictions,
    Optional<Account> account)
    implements Outcome {
  public PredictOutcome {
    requireNonNull(metric, "metric is null");
    requireNonNull(at, "at is null");
    notes = List.copyOf(notes);
    predictions = List.copyOf(predictions);
    // an outcome of an older version has none
    account = account == null ? Optional.empty() : account;
  }

  /**
   * The account that posts the pictures.
   *
   * @param column that names it
   * @param name of it; empty when it was not given
   * @param usual metric of it at the time; empty where it is not known, so that predictions are
   *     relative to it
   */
  public record Account(String column, String name, Optional<Double> usual) {}

  /** Whether predictions are relative to what is usual for the account, which is not known. */
  @JsonIgnore
  public boolean isRelative() {
    return account.isPresent() && account.get().usual().isEmpty();
  }

  /**
   * A prediction.
   *
   * @param picture its file
   * @param rank 1 for the highest prediction of the request
   * @param target in training standard deviations
   * @param metric on the metric's own scale; where {@link PredictOutcome#isRelative}, relative to
   *     what is usual for the account: 1.3 is 1.3 times as much
   * @param interval that holds as many outcomes as its level says, as measured when the model was
   *     fitted; empty where too few posts were learned from, and for pictures unlike all of them
   * @param likeness to the pictures that were learned from
   */
  public record Prediction(
      String picture,
      int rank,
      double target,
      double metric,
      Optional<Interval> interval,
      Likeness likeness) {
    public Prediction {
      requireNonNull(picture, "picture is null");
      requireNonNull(interval, "interval is null");
      requireNonNull(likeness, "likeness is null");
    }
  }

  /**
   * How near a picture is to those that were learned from.
   *
   * @param unlike whether it is farther from all of them than the limit: its prediction is ranked,
   *     and no number is claimed
   * @param distance to the nearest
   * @param limit within which 99 % of those have a neighbour
   * @param nearest posts, the nearest first
   */
  public record Likeness(boolean unlike, double distance, double limit, List<Nearest> nearest) {
    public Likeness {
      nearest = List.copyOf(nearest);
    }
  }

  /**
   * A post that was learned from.
   *
   * @param picture name of its file
   * @param metric as measured
   */
  public record Nearest(String post, String picture, double distance, double metric) {}
}
