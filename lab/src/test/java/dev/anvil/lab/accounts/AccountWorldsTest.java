package dev.anvil.lab.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.lab.accounts.AccountWorlds.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountWorldsTest {
  @Test
  void effectsWithinAccountsAreFoundWherePoolingFails() {
    AccountWorld world = new AccountWorld(4);
    List<Found> found =
        new ArrayList<>(
            AccountWorlds.of(
                AccountWorlds.WITHIN, world, Optional.of(AccountWorld.ACCOUNT), RunContext.NONE));
    found.addAll(AccountWorlds.of(AccountWorlds.POOLED, world, Optional.empty(), RunContext.NONE));
    List<AccountScore> scores = AccountScore.of(found);
    AccountScore within = scores.get(0);
    AccountScore pooled = scores.get(2);
    assertThat(within.slope()).isBetween(.75, 1.25);
    assertThat(within.coverage()).isGreaterThanOrEqualTo(5 / 6.0);
    assertThat(Math.abs(1 - pooled.slope())).isGreaterThan(Math.abs(1 - within.slope()));
    assertThat(found.get(0).newAccount().orElseThrow().width())
        .isGreaterThan(found.get(0).estimate().width());
  }

  @Test
  void ofFourAccountsNothingIsExpectedInANewOne() {
    List<Found> found =
        AccountWorlds.of(
            AccountWorlds.WITHIN,
            new AccountWorld(5, 4),
            Optional.of(AccountWorld.ACCOUNT),
            RunContext.NONE);
    assertThat(found).isNotEmpty().allMatch(f -> f.newAccount().isEmpty());
  }
}
