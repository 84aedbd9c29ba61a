package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A post with what was measured and what was predicted.
 *
 * @param id unique within its campaign
 * @param creative SHA-256 of the picture's bytes
 * @param time when it was published, where that is known
 * @param fitted whether the model is fitted to it, rather than left out (before the cut, too little
 *     history)
 * @param metric as measured; empty when unknown
 * @param rollingMean mean of the metric over the twelve months before
 * @param target the metric without trend and skew
 * @param predictedTarget by a model that has not seen the post
 * @param predictedMetric the same on the metric's own scale
 */
public record PostResult(
    String id,
    String creative,
    Optional<LocalDateTime> time,
    boolean fitted,
    OptionalDouble metric,
    OptionalDouble rollingMean,
    OptionalDouble target,
    OptionalDouble predictedTarget,
    OptionalDouble predictedMetric) {
  public PostResult {
    requireNonNull(id, "id is null");
    requireNonNull(creative, "creative is null");
    requireNonNull(time, "time is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(rollingMean, "rollingMean is null");
    requireNonNull(target, "target is null");
    requireNonNull(predictedTarget, "predictedTarget is null");
    requireNonNull(predictedMetric, "predictedMetric is null");
  }
}
