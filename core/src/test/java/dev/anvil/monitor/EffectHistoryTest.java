package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.monitor.EffectHistory.Point;
import dev.anvil.monitor.EffectsOverTime.Refused;
import dev.anvil.stats.Interval;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectHistoryTest {
  private static final List<EffectPeriod> YEARS = List.of(year(2021), year(2022), year(2023));

  private static EffectPeriod year(int year) {
    LocalDate first = LocalDate.of(year, 1, 1);
    return new EffectPeriod(Integer.toString(year), first, first.plusYears(1), 100);
  }

  private static Point point(int year, double effect, boolean corrected) {
    return new Point(
        Integer.toString(year), new Interval(effect - .1, effect, effect + .1, .95), corrected);
  }

  private static EffectHistory history(boolean... corrected) {
    return EffectHistory.of(
        "person",
        "A",
        "none",
        List.of(
            point(2021, .3, corrected[0]),
            point(2022, .05, corrected[1]),
            point(2023, .28, corrected[2])));
  }

  @Test
  void anEffectThatIsNotCorrectedIsNotShownBesideThoseThatAre() {
    EffectHistory history = history(true, false, true);
    assertThat(history.at(YEARS.get(0))).isPresent();
    assertThat(history.at(YEARS.get(1))).isEmpty();
    assertThat(history.p().orElseThrow()).isGreaterThan(.5);

    EffectsOverTime found =
        new EffectsOverTime(
            1,
            "Cars",
            YEARS,
            List.of(new Refused("2020", "2020: found 3 posts")),
            List.of(history));
    assertThat(found.leftOut())
        .hasSize(2)
        .anyMatch(note -> note.startsWith("Left out 2020: found 3 posts."))
        .anyMatch(note -> note.startsWith("Left out person in 2022: "));
  }

  @Test
  void whereNoneIsCorrectedAllAreShownAndNothingIsTested() {
    EffectHistory history = history(false, false, false);
    assertThat(YEARS).allMatch(year -> history.at(year).isPresent());
    assertThat(history.p()).isEmpty();
  }
}
