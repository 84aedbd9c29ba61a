package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.stats.Interval;
import dev.anvil.study.effect.AccountEffects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountNotesTest {
  private static final Interval SOME = new Interval(.1, .2, .3, .95);

  private static AccountEffects effect(
      String level, boolean general, Optional<AccountEffects.Between> between) {
    return new AccountEffects(
        "colour",
        level,
        "average",
        List.of(),
        .05,
        general ? Optional.of(new AccountEffects.General(SOME, SOME)) : Optional.empty(),
        between);
  }

  @Test
  void saysHowSourcesAreSpread() {
    assertThat(AccountNotes.of("brand", List.of("a", "b", "a", "b", "c"), List.of()))
        .containsExactly("The edited creatives are balanced over brand: 1 to 2 of each of 3.");
  }

  @Test
  void refusesClaimsOfAccountsInGeneralWhereThereAreFew() {
    assertThat(
            AccountNotes.of("brand", List.of("a"), List.of(effect("red", false, Optional.empty()))))
        .anyMatch(note -> note.startsWith("Nothing is claimed about brand in general"));
    assertThat(
            AccountNotes.of("brand", List.of("a"), List.of(effect("red", true, Optional.empty()))))
        .noneMatch(note -> note.startsWith("Nothing is claimed"));
  }

  @Test
  void warnsWhereAComparisonOfAccountsPointsTheOtherWay() {
    assertThat(
            AccountNotes.of(
                "brand",
                List.of("a"),
                List.of(effect("red", true, Optional.of(new AccountEffects.Between(.01, .002))))))
        .anyMatch(
            note ->
                note.startsWith("colour red: comparing one brand with another points the other way")
                    && note.contains("lower metric (p 0.002)"));
  }
}
