package dev.anvil.cli;

import dev.anvil.lab.accounts.AccountScore;
import dev.anvil.lab.accounts.AccountWorlds;
import java.io.IOException;
import java.util.List;

/** How right effects are in simulated campaigns of several accounts. */
final class GroupsScore {
  private static final long SEED = 20;

  private GroupsScore() {}

  static void print(Common common, int worlds) throws IOException {
    List<AccountScore> scores =
        AccountScore.of(AccountWorlds.run(worlds, SEED, common.threads, common.context()));
    common.print(
        scores,
        Tables.text(
            List.of(
                "method",
                "factor",
                "contrasts",
                "slope",
                "coverage",
                "width",
                "power",
                "wrong claims",
                "new account"),
            scores.stream()
                .map(
                    s ->
                        List.of(
                            s.method(),
                            s.factor(),
                            Integer.toString(s.contrasts()),
                            Tables.cell("%.2f", s.slope()),
                            Tables.cell("%.3f", s.coverage()),
                            Tables.cell("%.3f", s.width()),
                            Tables.cell("%.2f", s.power()),
                            Tables.cell("%.3f", s.wrongSigns()),
                            Double.isNaN(s.newAccounts())
                                ? "-"
                                : Tables.cell("%.3f", s.newAccounts())))
                .toList()));
  }
}
