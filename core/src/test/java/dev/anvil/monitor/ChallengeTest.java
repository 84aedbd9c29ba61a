package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.monitor.Challenge.Compared;
import dev.anvil.monitor.Challenge.Verdict;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2023, 1, 3, 12, 0);

  private static List<Compared> compared(int months, double gain, long seed) {
    Random random = new Random(seed);
    List<Compared> out = new ArrayList<>();
    for (int month = 0; month < months; month++) {
      for (int i = 0; i < 10; i++) {
        double common = Math.pow(random.nextGaussian(), 2);
        out.add(
            new Compared(
                BEGIN.plusMonths(month).plusDays(i),
                out.size(),
                common,
                common - gain + .3 * random.nextGaussian()));
      }
    }
    return out;
  }

  @Test
  void whatHelpsIsProposedAndWhatHarmsIsNot() {
    assertThat(Challenge.of(compared(18, .4, 1)).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(Challenge.of(compared(18, -.4, 1)).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(Challenge.of(compared(18, 0, 1)).verdict()).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(Challenge.of(compared(3, .4, 1)).verdict()).isEqualTo(Verdict.TOO_FEW_POSTS);
    assertThat(Challenge.of(List.of()).verdict()).isEqualTo(Verdict.TOO_FEW_POSTS);
  }

  @Test
  void aYearIsEnoughForAGreatGain() {
    assertThat(Challenge.of(compared(12, 2, 1)).verdict()).isEqualTo(Verdict.BETTER);
  }

  @Test
  void equalModelsAreSeldomProposed() {
    long proposed = 0;
    for (int seed = 0; seed < 200; seed++) {
      proposed += Challenge.of(compared(18, 0, seed)).verdict() == Verdict.BETTER ? 1 : 0;
    }
    assertThat(proposed).isLessThanOrEqualTo(5);
  }

  @Test
  void nearDuplicatesOfAMonthCountAsOne() {
    List<Compared> posts =
        List.of(
            new Compared(BEGIN, 1, 1, 0),
            new Compared(BEGIN, 1, 1, 0),
            new Compared(BEGIN, 1, 1, 0),
            new Compared(BEGIN, 2, 0, 1));
    assertThat(Challenge.of(posts).gain().point()).isEqualTo(0, within(1e-9));
  }
}
