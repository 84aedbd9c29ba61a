package dev.anvil.study;

import dev.anvil.predict.TargetTransform;
import dev.anvil.stats.Interval;
import dev.anvil.study.StudySpec.Factor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Brings differences on the target's scale to the metric's own: for each source from where what a
 * level is compared with is predicted to be.
 */
record MetricScale(TargetTransform transform, List<Source> sources, ScoreTable scores) {
  /** As ratios minus one. */
  Interval relative(Factor factor, String level, Interval target) {
    double[] references = scores.references(factor, level);
    return new Interval(
        relative(references, target.low()),
        relative(references, target.point()),
        relative(references, target.high()),
        target.level());
  }

  private double relative(double[] references, double target) {
    return IntStream.range(0, references.length)
        .filter(i -> !Double.isNaN(references[i]))
        .mapToObj(
            i ->
                transform.ratio(
                    sources.get(i).post().time(), references[i], references[i] + target))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElse(0);
  }
}
