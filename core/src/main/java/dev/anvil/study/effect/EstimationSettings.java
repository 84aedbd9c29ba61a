package dev.anvil.study.effect;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Seeds;
import dev.anvil.study.spec.StudySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How effects are estimated (docs/method.md section 3).
 *
 * @param level of the intervals
 * @param draws of the bootstrap, at least 100 and enough for the level
 * @param smallestEffect of interest, relative to the metric, above 0: .05 is 5 %
 * @param alpha share of false discoveries, and error of the equivalence test
 * @param minimumSources below which a contrast is invalid, at least 2
 * @param share of the error that this analysis may spend, 1 where there is no other ({@link
 *     dev.anvil.stats.AlphaSpending})
 * @param seed equal seeds give equal estimates
 */
public record EstimationSettings(
    double level,
    int draws,
    double smallestEffect,
    double alpha,
    int minimumSources,
    double share,
    long seed) {

  /** 95 %, 2000 draws, 5 %, .05, 5 sources, one analysis. */
  public static final EstimationSettings DEFAULT =
      new EstimationSettings(.95, 2000, .05, .05, 5, 1, 1);

  public EstimationSettings {
    List<Problem> problems = new ArrayList<>();
    require(problems, level > 0 && level < 1, "level", level, "between 0 and 1");
    require(problems, share > 0 && share <= 1, "share", share, "above 0, at most 1");
    int least = Math.max(100, leastDraws(level));
    require(problems, draws >= least, "draws", draws, least + " or more");
    require(
        problems,
        smallestEffect > 0 && Double.isFinite(smallestEffect),
        "smallest effect of interest",
        smallestEffect,
        "a finite number above 0");
    require(problems, alpha > 0 && alpha < .5, "alpha", alpha, "between 0 and .5");
    require(problems, minimumSources >= 2, "minimum sources", minimumSources, "2 or more");
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** How a study's effects are estimated. */
  public static EstimationSettings of(StudySpec spec) {
    return new EstimationSettings(
        DEFAULT.level,
        DEFAULT.draws,
        spec.smallestEffect(),
        DEFAULT.alpha,
        DEFAULT.minimumSources,
        DEFAULT.share,
        Seeds.derive(spec.seed(), "bootstrap"));
  }

  private static int leastDraws(double level) {
    return (int) Math.ceil(4 / (1 - level));
  }

  /** Those of one analysis of several: a wider interval, a stricter test. */
  public EstimationSettings spending(double share) {
    double wider = 1 - (1 - level) * share;
    return new EstimationSettings(
        wider,
        Math.max(draws, leastDraws(wider)),
        smallestEffect,
        alpha,
        minimumSources,
        share,
        seed);
  }

  private static void require(
      List<Problem> problems, boolean met, String where, Object found, String expected) {
    if (!met) {
      problems.add(new Problem(where, "found %s; expected %s".formatted(found, expected)));
    }
  }
}
