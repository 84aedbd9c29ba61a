package dev.anvil.engine.service.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.PredictOutcome.Nearest;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of a post by refits that never saw it or a near-duplicate.
 *
 * @param metric that is predicted
 * @param expected on the metric's own scale; relative to what is usual where the model takes
 *     accounts apart and does not know this one
 * @param interval that holds as many outcomes as its level says, as measured when the model was
 *     fitted; empty where too few posts were learned from
 * @param nearest other posts with pictures like this one, the nearest first
 */
public record Expectation(
    String metric, double expected, Optional<Interval> interval, List<Nearest> nearest) {
  public Expectation {
    requireNonNull(metric, "metric is null");
    requireNonNull(interval, "interval is null");
    nearest = List.copyOf(nearest);
  }
}
