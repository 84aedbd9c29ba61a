package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.cli.SensitivityPage.Agreement;
import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.VarianceSplit;
import dev.anvil.study.effect.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitivityPageTest {
  private static Effect effect(String level, double low, double point, double high) {
    Interval interval = new Interval(low, point, high, .95);
    return new Effect(
        "colour",
        level,
        "average",
        false,
        40,
        1,
        10,
        interval,
        interval,
        .01,
        .01,
        1,
        Verdict.HELPS,
        new VarianceSplit(1, 0, 0),
        .1,
        OptionalInt.empty());
  }

  private final Variation base =
      new Variation(
          "as it is",
          List.of(
              effect("red", .1, .2, .3),
              effect("blue", -.3, -.1, -.05),
              effect("grey", -.1, 0, .1)));

  @Test
  void halfOfEveryEffectIsHalfOfAll() {
    Variation half =
        new Variation(
            "half",
            List.of(
                effect("red", 0, .1, .2),
                effect("blue", -.1, -.05, 0),
                effect("grey", -.1, 0, .1)));
    Agreement agreement = Agreement.of(base, half);
    assertThat(agreement.slope()).isCloseTo(.5, within(1e-12));
    assertThat(agreement.sameSign()).isEqualTo(1);
    assertThat(agreement.inside()).isEqualTo(1);
    assertThat(agreement.contrasts()).isEqualTo(3);
  }

  @Test
  void onlyEffectsThatWereClearCountForTheSign() {
    Variation other =
        new Variation("other", List.of(effect("red", -.3, -.2, -.1), effect("grey", 0, .5, 1)));
    Agreement agreement = Agreement.of(base, other);
    assertThat(agreement.sameSign()).isZero();
    assertThat(agreement.inside()).isZero();
    assertThat(agreement.contrasts()).isEqualTo(2);
    assertThat(agreement.slope()).isCloseTo(-1, within(1e-12));
  }

  @Test
  void tablesHaveOneLineForEachContrastAndNamesAreEscaped(@TempDir Path folder) throws IOException {
    Variation odd = new Variation("\"R&D\" <x>", base.effects());
    SensitivityPage.csv(List.of(base, odd), folder.resolve("s.csv"));
    assertThat(Files.readAllLines(folder.resolve("s.csv")))
        .hasSize(7)
        .contains("\"\"\"R&D\"\" <x>\",colour,red,average,0.1,0.2,0.3,helps");
    assertThat(SensitivityPage.html("A & B", .05, List.of(base, odd)))
        .contains("A &amp; B", "R&amp;D", "&lt;x&gt;", "colour red");
  }
}
