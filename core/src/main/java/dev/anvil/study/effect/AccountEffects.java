package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How one contrast differs between the accounts of a campaign (docs/method.md section 10). All
 * numbers but counts are on the metric's own scale as ratios minus one: .12 is +12 %.
 *
 * @param factor what is varied
 * @param level the edited value
 * @param reference what it is compared with
 * @param accounts the effect within each account that shows both sides
 * @param tau standard deviation of the effect between accounts
 * @param general where there are accounts enough to speak of accounts in general
 * @param between where the comparison of accounts with each other points the other way
 */
public record AccountEffects(
    String factor,
    String level,
    String reference,
    List<OfAccount> accounts,
    double tau,
    Optional<General> general,
    Optional<Between> between) {
  public AccountEffects {
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(reference, "reference is null");
    accounts = List.copyOf(accounts);
    requireNonNull(general, "general is null");
    requireNonNull(between, "between is null");
  }

  /**
   * The effect in one account.
   *
   * @param shown its posts with the level
   * @param others its posts that these are compared with
   * @param effect of its own posts
   * @param shrunken drawn towards the mean of all accounts by how unsure its own is
   */
  public record OfAccount(String account, int shown, int others, double effect, double shrunken) {}

  /**
   * What holds for accounts in general.
   *
   * @param mean effect over accounts
   * @param newAccount where the effect in an account that was not looked at is expected
   */
  public record General(Interval mean, Interval newAccount) {}

  /**
   * What a comparison of accounts with each other would say: how many times the usual metric of an
   * account that never shows the level one has that always does.
   *
   * @param ratio below 1 where accounts with the level have less
   * @param p two-sided, of no relation
   */
  public record Between(double ratio, double p) {}
}
