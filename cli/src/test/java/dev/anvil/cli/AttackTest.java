package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.lab.attack.AttackSettings;
import dev.anvil.lab.attack.AttackSuite;
import dev.anvil.lab.attack.AttackTarget;
import dev.anvil.lab.attack.AttackVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few tries of those attacks that take seconds; {@code anvil attack} makes all. */
class AttackTest {
  @TempDir Path folder;

  @Test
  void anvilHoldsAgainstAFewTriesOfSomeAttacks() throws Exception {
    Set<String> some = Set.of("hostile text", "bit flip", "kill");
    List<AttackVerdict> verdicts =
        AttackSuite.run(
            folder,
            AttackCommand.target(Map.of(), Duration.ofSeconds(60)),
            settings(some),
            verdict -> {});
    assertThat(verdicts)
        .extracting(AttackVerdict::attack)
        .containsExactlyInAnyOrderElementsOf(some);
    assertThat(verdicts).allMatch(AttackVerdict::hasHeld).allMatch(verdict -> verdict.tried() > 1);
  }

  /** What takes anything without a word. */
  @Test
  void aProgramThatTakesHostileTextIsFound() throws Exception {
    List<AttackVerdict> verdicts =
        AttackSuite.run(
            folder,
            new AttackTarget(List.of("true"), Map.of(), Duration.ofSeconds(5)),
            settings(Set.of("hostile text")),
            verdict -> {});
    assertThat(verdicts).singleElement().matches(verdict -> !verdict.hasHeld());
  }

  private static AttackSettings settings(Set<String> only) {
    return new AttackSettings(
        Main.showroom().scenes(), 12, 2, 1, 2, 10, Duration.ofSeconds(20), 2, 1, only);
  }
}
