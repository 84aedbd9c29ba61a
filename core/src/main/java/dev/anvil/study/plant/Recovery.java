package dev.anvil.study.plant;

import static java.util.Objects.requireNonNull;

import dev.anvil.Seeds;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.EstimationSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of effects of known size a model shows again, on the target's scale (docs/method.md
 * section 4.1).
 *
 * @param points one per size planted
 * @param slope of recovered on planted through zero, over sources and refits: 1 where a model shows
 *     all of an effect, .4 where it shows two fifths
 */
public record Recovery(List<Point> points, Interval slope) {
  /**
   * One size.
   *
   * @param times the mean metric that was added to the posts' metric
   * @param planted what a perfect model would show in the contrast, in training standard deviations
   * @param recovered what the model shows
   */
  public record Point(double times, double planted, Interval recovered) {
    public Point {
      requireNonNull(recovered, "recovered is null");
    }
  }

  public Recovery {
    points = List.copyOf(points);
    requireNonNull(slope, "slope is null");
  }

  /** What came back of one size in one contrast. */
  public record Sample(double times, double planted, Differences recovered) {}

  /**
   * Draws the curve.
   *
   * @param samples of one contrast; planted is not 0 in all of them; at least two sources usable
   */
  static Recovery of(List<Sample> samples, EstimationSettings settings) {
    List<Point> points = new ArrayList<>();
    for (Sample sample : samples) {
      points.add(
          new Point(
              sample.times(),
              sample.planted(),
              interval(sample.recovered().target(), settings, sample.times())));
    }
    return new Recovery(points, interval(slopes(samples), settings, "slope"));
  }

  private static Interval interval(double[][][] cells, EstimationSettings settings, Object name) {
    return HierarchicalBootstrap.estimate(
            cells, settings.draws(), Seeds.derive(settings.seed(), "recovery", name))
        .distribution()
        .interval(settings.level());
  }

  /**
   * The least squares slope through zero, for each source, seed and refit: their mean is the slope.
   */
  static double[][][] slopes(List<Sample> samples) {
    double squares = samples.stream().mapToDouble(s -> s.planted() * s.planted()).sum();
    double[][][] shape = samples.get(0).recovered().target();
    double[][][] slopes = new double[shape.length][][];
    for (int i = 0; i < shape.length; i++) {
      slopes[i] = new double[shape[i].length][];
      for (int s = 0; s < shape[i].length; s++) {
        slopes[i][s] = new double[shape[i][s].length];
        for (int r = 0; r < shape[i][s].length; r++) {
          for (Sample sample : samples) {
            slopes[i][s][r] += sample.planted() * sample.recovered().target()[i][s][r] / squares;
          }
        }
      }
    }
    return slopes;
  }
}
