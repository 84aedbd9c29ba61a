package dev.anvil.lab.accounts;

import dev.anvil.lab.accounts.AccountWorlds.Found;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.stream.Stream;

/**
 * How right a method is over all contrasts of all worlds.
 *
 * @param slope of estimates on truths through the origin; 1 is right
 * @param coverage share of the 95 % intervals that hold the truth
 * @param width mean width of the intervals
 * @param power share of effects of 10 % or more whose sign was claimed rightly
 * @param wrongSigns share of claims whose sign is wrong or whose effect is nil
 * @param newAccounts share of the 95 % intervals for a new account that hold its effect; NaN where
 *     a method has none
 */
public record AccountScore(
    String method,
    String factor,
    int contrasts,
    double slope,
    double coverage,
    double width,
    double power,
    double wrongSigns,
    double newAccounts) {
  private static final double LARGE = .1;

  /** One score per method and factor. */
  public static List<AccountScore> of(List<Found> found) {
    return Stream.of(AccountWorlds.WITHIN, AccountWorlds.POOLED)
        .flatMap(
            method ->
                AccountWorld.EFFECTS.keySet().stream()
                    .map(
                        factor ->
                            of(
                                method,
                                factor,
                                found.stream()
                                    .filter(f -> f.method().equals(method))
                                    .filter(f -> f.factor().equals(factor))
                                    .toList())))
        .toList();
  }

  private static AccountScore of(String method, String factor, List<Found> found) {
    List<Found> large = found.stream().filter(f -> Math.abs(f.truth()) >= LARGE).toList();
    List<Found> claimed = found.stream().filter(Found::claimed).toList();
    return new AccountScore(
        method,
        factor,
        found.size(),
        found.stream().mapToDouble(f -> f.truth() * f.estimate().point()).sum()
            / found.stream().mapToDouble(f -> f.truth() * f.truth()).sum(),
        share(found.stream().filter(f -> holds(f.estimate(), f.truth())).count(), found.size()),
        found.stream().mapToDouble(f -> f.estimate().width()).average().orElse(Double.NaN),
        share(large.stream().filter(f -> f.claimed() && isRight(f)).count(), large.size()),
        share(claimed.stream().filter(f -> !isRight(f)).count(), claimed.size()),
        newAccounts(found));
  }

  private static double newAccounts(List<Found> found) {
    List<Found> expected = found.stream().filter(f -> f.newAccount().isPresent()).toList();
    return share(
        expected.stream().filter(f -> holds(f.newAccount().get(), f.inNewAccount())).count(),
        expected.size());
  }

  private static boolean holds(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  private static boolean isRight(Found found) {
    return found.truth() * found.estimate().point() > 0;
  }

  private static double share(long count, int all) {
    return all == 0 ? Double.NaN : (double) count / all;
  }
}
