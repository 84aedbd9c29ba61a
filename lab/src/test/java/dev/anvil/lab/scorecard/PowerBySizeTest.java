package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PowerBySizeTest {
  private static Score score(String method, String level, double truth, boolean claimed) {
    return Score.of(
        "plain",
        1,
        method,
        "colour",
        level,
        false,
        truth,
        Optional.of(new Interval(truth - .05, truth, truth + .05, .95)),
        claimed);
  }

  private static final List<Score> SCORES =
      List.of(
          score(PowerBySize.ORACLE, "a", .1, true),
          score(PowerBySize.ORACLE, "b", -.12, true),
          score(PowerBySize.ORACLE, "c", .3, false),
          score("edits", "a", .1, true),
          score("edits", "b", -.12, false),
          score("edits", "c", .3, true),
          score("edits", "removed", .1, true));

  private static PowerBySize power(String method, String size) {
    return PowerBySize.of(SCORES).stream()
        .filter(p -> p.method().equals(method) && p.size().equals(size))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theShareOfTheOraclesPowerIsOfContrastsThatBothWereAsked() {
    assertThat(power("edits", "10 %").contrasts()).isEqualTo(3);
    assertThat(power("edits", "10 %").claimed().value()).isEqualTo(2 / 3.0);
    assertThat(power("edits", "10 %").reached().value()).isEqualTo(1 / 2.0);
    assertThat(power(PowerBySize.ORACLE, "10 %").reached().value()).isEqualTo(1);
  }

  @Test
  void nothingIsReachedOfNothing() {
    assertThat(power("edits", "20 % and more").reached().value()).isNaN();
    assertThat(power("edits", "5 %").claimed().value()).isNaN();
  }
}
