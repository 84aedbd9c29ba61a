package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.Seeds;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2020, 1, 1, 12, 0);
  private static final int SERIES = 200;

  /** Two posts a week; what happens in a month is shared by its posts. */
  private static List<Timed> posts(int fromDay, int days, double monthSd, double shift, long seed) {
    Random random = new Random(Seeds.derive(seed, fromDay));
    List<Timed> out = new ArrayList<>();
    int month = -1;
    double shared = 0;
    for (double day = fromDay; day < fromDay + days; day += 3.5) {
      LocalDateTime time = BEGIN.plusMinutes((long) (day * 24 * 60));
      if (time.getMonthValue() != month) {
        month = time.getMonthValue();
        shared = monthSd * random.nextGaussian();
      }
      out.add(new Timed(time, shared + random.nextGaussian() + shift));
    }
    return out;
  }

  /** Mean years to the first alarm of series that last eight years. */
  private static double years(double monthSd) {
    double days = 0;
    for (int seed = 1; seed <= SERIES; seed++) {
      List<Timed> fresh = posts(1095, 2922, monthSd, 0, seed + 1_000_000);
      LocalDate begin = fresh.get(0).time().toLocalDate();
      days +=
          Watch.of("r", posts(0, 1095, monthSd, 0, seed), fresh, true, 2, seed)
              .orElseThrow()
              .alarm()
              .map(day -> (double) ChronoUnit.DAYS.between(begin, day))
              .orElse(2922.);
    }
    return days / SERIES / 365.25;
  }

  @Test
  void whileNothingChangesAnAlarmTakesTheStatedTimeOnAverage() {
    assertThat(years(0)).isGreaterThan(1.9);
  }

  @Test
  void whatTheMonthsShareIsNoAlarm() {
    assertThat(years(.5)).isGreaterThan(1.9);
  }

  @Test
  void whatOneMonthLeavesToTheNextIsNoAlarm() {
    double days = 0;
    for (int seed = 1; seed <= SERIES; seed++) {
      List<Timed> all = drifting(84 + 96, seed);
      List<Timed> quiet = all.subList(0, 84 * 8);
      List<Timed> fresh = all.subList(84 * 8, all.size());
      LocalDate begin = fresh.get(0).time().toLocalDate();
      days +=
          Watch.of("r", quiet, fresh, true, 2, seed)
              .orElseThrow()
              .alarm()
              .map(day -> (double) ChronoUnit.DAYS.between(begin, day))
              .orElse(2922.);
    }
    assertThat(days / SERIES / 365.25).isGreaterThan(1.6);
  }

  /** Eight posts a month, whose level is half that of the month before and half new. */
  private static List<Timed> drifting(int months, long seed) {
    Random random = new Random(Seeds.derive(seed, "drifting"));
    List<Timed> out = new ArrayList<>();
    double level = 0;
    for (int month = 0; month < months; month++) {
      level = .5 * level + .3 * random.nextGaussian();
      for (int k = 0; k < 8; k++) {
        out.add(new Timed(BEGIN.plusMonths(month).plusDays(3L * k), level + random.nextGaussian()));
      }
    }
    return out;
  }

  @Test
  void aLargeShiftIsFoundWithinHalfAYear() {
    long found = 0;
    for (int seed = 1; seed <= 50; seed++) {
      List<Timed> fresh = posts(1095, 182, 0, 1, seed + 1_000_000);
      found +=
          Watch.of("r", posts(0, 1095, 0, 0, seed), fresh, true, 2, seed)
              .orElseThrow()
              .alarm()
              .stream()
              .count();
    }
    assertThat(found).isGreaterThan(45);
  }

  @Test
  void theSideOfAShiftIsSaid() {
    Watch down = watch(-1);
    Watch up = watch(1);
    assertThat(down.alarm()).isPresent();
    assertThat(down.upwards()).isFalse();
    assertThat(up.upwards()).isTrue();
  }

  private static Watch watch(double shift) {
    return Watch.of("r", posts(0, 1095, 0, 0, 1), posts(1095, 365, 0, shift, 2), true, 2, 1)
        .orElseThrow();
  }

  @Test
  void fewQuietWeeksCannotBeWatched() {
    assertThat(Watch.of("r", posts(0, 60, 0, 0, 1), posts(60, 60, 0, 0, 2), true, 2, 1)).isEmpty();
  }

  @Test
  void evidenceComesPeriodByPeriod() {
    Watch watch = watch(1);
    assertThat(watch.points()).hasSizeBetween(50, 54);
    assertThat(watch.points().get(0).evidence()).isLessThan(.1);
    assertThat(watch.points())
        .filteredOn(p -> p.first().equals(watch.alarm().orElseThrow()))
        .allMatch(p -> p.evidence() >= 1);
  }

  @Test
  void delaysGrowAsShiftsShrink() {
    List<Timed> quiet = posts(0, 1095, 0, 0, 1);
    Delay large = Delay.of(quiet, -1, true, 2, 1);
    Delay small = Delay.of(quiet, -.4, true, 2, 1);
    assertThat(large.found()).isGreaterThan(.95);
    assertThat(small.found()).isLessThan(large.found());
    assertThat(small.weeks().orElse(99)).isGreaterThan(large.weeks().orElseThrow());
  }
}
