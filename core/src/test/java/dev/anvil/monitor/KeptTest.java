package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2024, 1, 3, 12, 0);

  @Test
  void countsPostsAndLetsPeriodsCountAlike() {
    List<Kept.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      outcomes.add(new Kept.Outcome(BEGIN.plusDays(i), .1, 1));
    }
    outcomes.add(new Kept.Outcome(BEGIN.plusMonths(1), -2, 1));

    Kept kept = Kept.of(.9, outcomes, Pace.MONTH);

    assertThat(kept.posts()).isEqualTo(10);
    assertThat(kept.held()).isEqualTo(9);
    assertThat(kept.share().point()).isEqualTo(.5, within(1e-9));
    assertThat(kept.meanError()).isEqualTo(.29, within(1e-9));
    assertThat(kept.points())
        .extracting(Kept.Point::first)
        .containsExactly(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 1));
  }
}
