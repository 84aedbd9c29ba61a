package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.AccountSummary;
import dev.anvil.predict.Conformal;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.Interval;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * How well regressors predict posts that they have not seen.
 *
 * @param regressor name of the one that scored the variants
 * @param evaluations regressors by splits, in the order of the table
 * @param coverage of the conformal prediction intervals, where they were made
 * @param accounts that posts belong to, where the metric is taken relative to each
 * @param newAccounts coverage for posts of accounts that nothing was learned from, relative to what
 *     is usual for them
 */
public record ModelResult(
    String regressor,
    List<EvaluationRow> evaluations,
    Optional<Coverage> coverage,
    Optional<AccountSummary> accounts,
    Optional<Coverage> newAccounts) {
  /** Of posts of one account. */
  public ModelResult(
      String regressor, List<EvaluationRow> evaluations, Optional<Coverage> coverage) {
    this(regressor, evaluations, coverage, Optional.empty(), Optional.empty());
  }

  public ModelResult {
    // a result of an older version has none
    accounts = accounts == null ? Optional.empty() : accounts;
    newAccounts = newAccounts == null ? Optional.empty() : newAccounts;
    requireNonNull(regressor, "regressor is null");
    evaluations = List.copyOf(evaluations);
    requireNonNull(coverage, "coverage is null");
  }

  /**
   * How much it explains of posts as new as those that it was chosen by; empty where not tested.
   */
  public Optional<Skill> skill() {
    return evaluations.stream()
        .filter(e -> e.split().equals(choosingSplit()))
        .filter(e -> e.regressor().equals(regressor))
        .findFirst()
        .map(e -> new Skill(e.split(), e.r2()));
  }

  /** Name of the split that the regressor was chosen by. */
  public String choosingSplit() {
    return Clusters.choosingSplit(accounts.map(AccountSummary::accounts).orElse(0));
  }

  /**
   * How often prediction intervals held the measured metric.
   *
   * @param aim share that they should hold, for example .9
   * @param achieved share that they held
   * @param posts on which it was counted
   * @param halfWidth of an interval around a prediction, in the model's units of the target
   * @param newest whether these posts are the newest ones, rather than all
   */
  public record Coverage(double aim, double achieved, int posts, double halfWidth, boolean newest) {
    /** Shares of outcomes this far below the aim are said. */
    private static final double SLACK = .05;

    static Coverage of(Conformal measured) {
      return new Coverage(
          measured.level(),
          measured.achieved(),
          measured.testPosts(),
          measured.halfWidth(),
          measured.way() == Conformal.Way.TIME);
    }

    /** Whether intervals held clearly fewer outcomes than they should. */
    public boolean fellShort() {
      return achieved < aim - SLACK;
    }

    /** The interval around a prediction on the target's scale, on the metric's own. */
    public Interval around(double target, TargetTransform transform, Optional<LocalDateTime> time) {
      return around(target, transform, time, 1);
    }

    /**
     * The same of a post that counts more or less, as its metric is known better or worse.
     *
     * @param weight 1 for an average post
     */
    public Interval around(
        double target, TargetTransform transform, Optional<LocalDateTime> time, double weight) {
      double expected = transform.expected(time, target);
      double half = halfWidth / Math.sqrt(weight);
      return new Interval(
          Math.min(expected, transform.invert(time, target - half)),
          expected,
          Math.max(expected, transform.invert(time, target + half)),
          aim);
    }

    public Coverage {
      Require.share(aim, "aim");
      Require.share(achieved, "achieved");
      Require.notNegative(posts, "posts");
    }
  }
}
