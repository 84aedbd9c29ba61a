package dev.anvil.study.effect;

import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.Interval;
import dev.anvil.study.design.Source;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.List;

/**
 * Brings differences on the target's scale to the metric's own: for each source from where what a
 * level is compared with is predicted to be.
 */
public record MetricScale(TargetTransform transform, List<Source> sources, ScoreTable scores) {
  /** As the ratio of means minus one, sources counting alike. */
  public Interval relative(Factor factor, String level, Interval target) {
    double[] references = scores.references(factor, level);
    return new Interval(
        relative(references, target.low()),
        relative(references, target.point()),
        relative(references, target.high()),
        target.level());
  }

  private double relative(double[] references, double target) {
    double change = 0;
    double base = 0;
    for (int i = 0; i < references.length; i++) {
      if (!Double.isNaN(references[i])) {
        double from = share(i, references[i]);
        change += share(i, references[i] + target) - from;
        base += from;
      }
    }
    return base == 0 ? 0 : change / Math.abs(base);
  }

  private double share(int source, double score) {
    return transform.share(sources.get(source).post().time(), score);
  }
}
