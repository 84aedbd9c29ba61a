package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.Seeds;
import dev.anvil.monitor.PictureDrift.Shot;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureDriftTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2020, 1, 1, 12, 0);
  private static final int OLD_MONTHS = 24;

  /** Eight posts a month; pictures of a month have something in common. */
  private static List<Shot> shots(int newMonths, double shared, double shift, long seed) {
    return shots(newMonths, shared, 0, shift, seed);
  }

  /**
   * As above.
   *
   * @param carried share of what a month has in common that the next one has too
   */
  private static List<Shot> shots(
      int newMonths, double shared, double carried, double shift, long seed) {
    Random random = new Random(Seeds.derive(seed, "shots"));
    List<Shot> out = new ArrayList<>();
    int group = 0;
    float[] common = gaussian(random, shared);
    for (int month = 0; month < OLD_MONTHS + newMonths; month++) {
      float[] fresh = gaussian(random, shared * Math.sqrt(1 - carried * carried));
      for (int i = 0; i < common.length; i++) {
        common[i] = (float) carried * common[i] + fresh[i];
      }
      for (int k = 0; k < 8; k++) {
        float[] own = gaussian(random, 1);
        boolean isNew = month >= OLD_MONTHS;
        for (int i = 0; i < own.length; i++) {
          own[i] += common[i] + (float) (isNew ? shift : 0);
        }
        out.add(new Shot(own, BEGIN.plusMonths(month).plusDays(3L * k), group++, isNew));
      }
    }
    return out;
  }

  private static float[] gaussian(Random random, double sd) {
    float[] out = new float[6];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sd * random.nextGaussian());
    }
    return out;
  }

  private static long alarms(double shared, double carried) {
    long alarms = 0;
    for (int seed = 1; seed <= 60; seed++) {
      alarms +=
          PictureDrift.of(shots(3, shared, carried, 0, seed), seed).orElseThrow().p() <= .05
              ? 1
              : 0;
    }
    return alarms;
  }

  @Test
  void picturesOfTheSameKindAreSeldomCalledNew() {
    assertThat(alarms(0, 0)).isLessThanOrEqualTo(8);
  }

  @Test
  void whatTheMonthsShareIsNoDrift() {
    assertThat(alarms(.7, 0)).isLessThanOrEqualTo(8);
  }

  @Test
  void whatAMonthHandsOnToTheNextIsNoDrift() {
    assertThat(alarms(.7, .6)).isLessThanOrEqualTo(8);
    assertThat(PictureDrift.of(shots(3, .7, .6, 0, 1), 1).orElseThrow().block()).isGreaterThan(1);
  }

  @Test
  void picturesOfAnotherKindAreFoundAndShown() {
    PictureDrift drift = PictureDrift.of(shots(3, 0, 1.5, 1), 1).orElseThrow();
    assertThat(drift.p()).isLessThan(.01);
    assertThat(drift.auc()).isGreaterThan(.8);
    assertThat(drift.unlike()).hasSize(12).allMatch(row -> row >= OLD_MONTHS * 8);
  }

  @Test
  void oldPicturesThatArePostedAgainAreNotNew() {
    List<Shot> shots = shots(3, 0, 0, 1);
    int old = OLD_MONTHS * 8;
    List<Shot> posted = new ArrayList<>(shots.subList(0, old));
    for (int i = old; i < shots.size(); i++) {
      Shot like = shots.get(i % 8);
      posted.add(new Shot(like.embedding(), shots.get(i).time(), like.group(), true));
    }
    assertThat(PictureDrift.of(posted, 1)).isEmpty();
    posted.add(shots.get(old));
    assertThat(PictureDrift.of(posted, 1).orElseThrow().unlike())
        .containsExactly(posted.size() - 1);
  }

  @Test
  void whatIsNotThereCountsAsAverage() {
    List<Shot> shots = shots(3, 0, 0, 1);
    shots.replaceAll(
        s -> {
          float[] half = s.embedding().clone();
          half[s.group() % 6] = Float.NaN;
          return new Shot(half, s.time(), s.group(), s.isNew());
        });
    assertThat(PictureDrift.of(shots, 1).orElseThrow().auc()).isBetween(.2, .8);
  }

  @Test
  void aYearOfPicturesIsNeededAndSomeNewOnes() {
    assertThat(PictureDrift.of(shots(0, 0, 0, 1), 1)).isEmpty();
    assertThat(PictureDrift.of(shots(3, 0, 0, 1).subList(15 * 8, 27 * 8), 1)).isEmpty();
  }
}
