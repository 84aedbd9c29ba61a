package dev.anvil.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.monitor.ElementChange.Shown;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElementChangeTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2022, 1, 3, 12, 0);
  private static final int MONTHS = 24;
  private static final int POSTS = 10;

  /** Two years of pictures with a car; dogs come in some of the last six months. */
  private static List<Shown> pictures(double dogsNow, int newMonths, long seed) {
    Random random = new Random(seed);
    List<Shown> out = new ArrayList<>();
    for (int month = 0; month < MONTHS; month++) {
      boolean isNew = month >= MONTHS - newMonths;
      for (int i = 0; i < POSTS; i++) {
        Set<String> elements = new HashSet<>(Set.of("car"));
        if (random.nextDouble() < (isNew ? dogsNow : .2)) {
          elements.add("dog");
        }
        out.add(new Shown(BEGIN.plusMonths(month).plusDays(i), elements, isNew));
      }
    }
    return out;
  }

  @Test
  void anElementThatBecameCommonerIsFoundAndComesFirst() {
    List<ElementChange> changes = ElementChange.of(pictures(.8, 6, 1));

    assertThat(changes).extracting(ElementChange::element).containsExactly("dog", "car");
    assertThat(changes.get(0).changed()).isTrue();
    assertThat(changes.get(0).change().point()).isEqualTo(.6, within(.15));
    assertThat(changes.get(1).before()).isEqualTo(1);
    assertThat(changes.get(1).changed()).isFalse();
  }

  @Test
  void chanceIsSeldomCalledAChange() {
    long claimed = 0;
    for (int seed = 0; seed < 200; seed++) {
      claimed +=
          ElementChange.of(pictures(.2, 6, seed)).stream().filter(ElementChange::changed).count();
    }
    assertThat(claimed).isLessThanOrEqualTo(10);
  }

  @Test
  void ofFewMonthsNothingIsClaimed() {
    assertThat(ElementChange.of(pictures(1, 2, 1))).noneMatch(ElementChange::changed);
    assertThat(ElementChange.of(pictures(1, 0, 1))).isEmpty();
  }
}
