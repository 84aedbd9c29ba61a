package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import dev.anvil.monitor.Fatigue.Seen;
import dev.anvil.monitor.Fatigue.Verdict;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FatigueTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2022, 1, 1, 12, 0);
  private static final double QUARTER = 365.25 / 4;

  /** A post every day of a year, every third with the element; months have effects of their own. */
  private static List<Seen> posts(double slope, double noise, long seed) {
    Random random = new Random(Seeds.derive(seed, "fatigue"));
    double[] months = random.doubles(13, -1, 1).toArray();
    List<Seen> out = new ArrayList<>();
    for (int day = 0; day < 365; day++) {
      boolean has = day % 3 == 0;
      double residual =
          months[BEGIN.plusDays(day).getMonthValue()]
              + (has ? .4 + slope * day / QUARTER : 0)
              + noise * random.nextGaussian();
      out.add(new Seen(BEGIN.plusDays(day), residual, day, "", has));
    }
    return out;
  }

  @Test
  void theSlopeComesBackWithoutTheMonthsAndTheElementsOwnLevel() {
    Fatigue found = Fatigue.of("car", posts(-.3, 0, 1), .1);
    assertThat(found.slope().point()).isCloseTo(-.3, within(1e-9));
    assertThat(found.posts()).isEqualTo(122);
  }

  @Test
  void intervalsHoldTheTruth() {
    int inside = 0;
    for (int seed = 1; seed <= 200; seed++) {
      inside += Fatigue.of("car", posts(-.2, 1, seed), .1).slope().contains(-.2) ? 1 : 0;
    }
    assertThat(inside).isBetween(180, 200);
  }

  @Test
  void everyVerdictCanBeReached() {
    assertThat(Fatigue.of("car", posts(-.6, .5, 1), .1).verdict()).isEqualTo(Verdict.TIRES);
    assertThat(Fatigue.of("car", posts(.6, .5, 1), .1).verdict()).isEqualTo(Verdict.GAINS);
    assertThat(Fatigue.of("car", posts(0, .1, 1), .1).verdict()).isEqualTo(Verdict.STAYS_FRESH);
    assertThat(Fatigue.of("car", posts(0, 2, 1), .1).verdict()).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(Fatigue.of("car", posts(-.6, .5, 1).subList(0, 40), .1).verdict())
        .isEqualTo(Verdict.TOO_FEW_POSTS);
  }

  @Test
  void oneOfManyElementsIsClaimedOnlyIfTheAdjustedPAllowsIt() {
    Fatigue tires = Fatigue.of("car", posts(-.6, .5, 1), .1);
    assertThat(tires.among(.04).verdict()).isEqualTo(Verdict.TIRES);
    assertThat(tires.among(.06).verdict()).isEqualTo(Verdict.NOT_RESOLVED);
  }

  @Test
  void manyCopiesOfOnePictureAreOneCluster() {
    List<Seen> copies =
        posts(-.6, .5, 1).stream()
            .map(s -> new Seen(s.time(), s.residual(), s.has() ? 0 : s.group(), "", s.has()))
            .toList();
    assertThat(Fatigue.of("car", copies, .1).verdict()).isEqualTo(Verdict.TOO_FEW_POSTS);
  }
}
