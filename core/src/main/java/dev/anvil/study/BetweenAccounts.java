package dev.anvil.study;

import dev.anvil.campaign.MetricKind;
import dev.anvil.predict.Accounts;
import dev.anvil.predict.target.Observation;
import dev.anvil.stats.StudentT;
import dev.anvil.study.effect.AccountEffects.Between;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comparison of accounts with each other, which takes who posts for what is posted: the
 * logarithm of an account's mean metric on how often it shows a level, by least squares, each
 * account counting alike. A diagnostic, never an effect.
 */
record BetweenAccounts(Accounts accounts) {
  /** Fewer accounts leave nothing to judge a slope by. */
  private static final int LEAST = 4;

  /**
   * Compares.
   *
   * @param shares of posts with the level, by account
   * @return empty where accounts are few, show the level alike, or can have a metric below 0
   */
  Optional<Between> of(Map<String, Double> shares) {
    if (accounts.levels().state().kind() == MetricKind.VALUE) {
      return Optional.empty();
    }
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    Map<String, List<Observation>> history = accounts.levels().state().history();
    shares.forEach(
        (account, share) -> {
          double mean =
              history.getOrDefault(account, List.of()).stream()
                  .mapToDouble(Observation::value)
                  .average()
                  .orElse(0);
          if (mean > 0) {
            x.add(share);
            y.add(Math.log(mean));
          }
        });
    int n = x.size();
    double meanX = x.stream().mapToDouble(v -> v).average().orElse(0);
    double meanY = y.stream().mapToDouble(v -> v).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x.get(i) - meanX) * (x.get(i) - meanX);
      xy += (x.get(i) - meanX) * (y.get(i) - meanY);
      yy += (y.get(i) - meanY) * (y.get(i) - meanY);
    }
    if (n < LEAST || xx < 1e-12 || yy < 1e-12) {
      return Optional.empty();
    }
    double slope = xy / xx;
    double error = Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2) / xx);
    double p = error > 0 ? new StudentT(n - 2).twoSided(slope / error) : 0;
    return Optional.of(new Between(Math.exp(slope), p));
  }
}
