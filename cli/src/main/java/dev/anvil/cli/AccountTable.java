package dev.anvil.cli;

import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.AccountEffects.OfAccount;
import java.util.List;

/** How effects differ between accounts, as text. */
final class AccountTable {
  private AccountTable() {}

  /** A table of contrasts; nothing where posts are of one account. */
  static String text(List<AccountEffects> effects) {
    if (effects.isEmpty()) {
      return "";
    }
    return Tables.text(
        List.of(
            "factor",
            "level",
            "accounts",
            "mean over accounts",
            "SD between",
            "expected in a new account",
            "least and most (shrunken)"),
        effects.stream().map(AccountTable::row).toList());
  }

  private static List<String> row(AccountEffects effect) {
    return List.of(
        effect.factor(),
        effect.level(),
        Integer.toString(effect.accounts().size()),
        effect.general().map(g -> Tables.percent(g.mean())).orElse("too few accounts"),
        Tables.cell("%.1f %%", 100 * effect.tau()),
        effect
            .general()
            .map(
                g ->
                    Tables.cell(
                        "%+.1f to %+.1f %%",
                        100 * g.newAccount().low(), 100 * g.newAccount().high()))
            .orElse("-"),
        Tables.cell(
            "%+.1f to %+.1f %%",
            100 * effect.accounts().stream().mapToDouble(OfAccount::shrunken).min().orElseThrow(),
            100 * effect.accounts().stream().mapToDouble(OfAccount::shrunken).max().orElseThrow()));
  }
}
