package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.PredictOutcome.Account;
import dev.anvil.predict.Accounts;
import dev.anvil.predict.FittedModel;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Brings predictions that are relative to what is usual for an account to the metric's own scale,
 * where that is known.
 */
record AccountScale(Accounts accounts, Account account) {
  /**
   * The scale of new posts.
   *
   * @param post one of them
   * @param given what is usual for their account, where it was given
   * @return empty where the model takes no account of accounts
   * @throws InvalidInputException when a level is given that would be of no use
   */
  static Optional<AccountScale> of(FittedModel model, Post post, Optional<Double> given) {
    if (model.accounts().isEmpty()) {
      if (given.isPresent()) {
        throw new InvalidInputException(
            "--usual",
            "found %s; the model was fitted as if all posts were of one account: expected none, or a fit by --group"
                .formatted(given.get()));
      }
      return Optional.empty();
    }
    Accounts accounts = model.accounts().get();
    OptionalDouble known = model.usual(post);
    Optional<Double> usual =
        given.or(() -> known.isPresent() ? Optional.of(known.getAsDouble()) : Optional.empty());
    return Optional.of(
        new AccountScale(
            accounts, new Account(accounts.column(), accounts.of(List.of(post)).get(0), usual)));
  }

  /** A relative value on the metric's own scale where that is known, else as it is. */
  static double on(Optional<AccountScale> scale, double relative) {
    return scale.isEmpty() || scale.get().account.usual().isEmpty()
        ? relative
        : scale.get().accounts.levels().absolute(scale.get().account.usual().get(), relative);
  }

  static Interval on(Optional<AccountScale> scale, Interval relative) {
    return new Interval(
        on(scale, relative.low()),
        on(scale, relative.point()),
        on(scale, relative.high()),
        relative.level());
  }

  /** What a person should know of it. */
  String note(String metric) {
    String column = accounts.column();
    if (account.usual().isPresent()) {
      return String.format(
          Locale.ROOT,
          "%s %s usually gets %s %s; predictions are relative to that.",
          column,
          account.name(),
          String.format(
              Locale.ROOT, account.usual().get() < 100 ? "%.3g" : "%,.0f", account.usual().get()),
          metric);
    }
    return account.name().isEmpty()
        ? "Relative to what is usual for whoever posts them: --set \"%s=NAME\" says who, --usual N what is usual."
            .formatted(column)
        : "No post is of %s %s: predictions are relative to what is usual for it; --usual N says what that is."
            .formatted(column, account.name());
  }
}
