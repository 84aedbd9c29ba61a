package dev.anvil.study.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import dev.anvil.study.effect.AccountContrasts.InAccount;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountContrastsTest {
  private final List<String> accounts = new ArrayList<>();
  private final List<String> colours = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();

  /** Red adds 1, and 1 more by account; accounts that prefer red have low values. */
  private AccountContrasts contrasts(double noise) {
    SplittableRandom random = Seeds.random(7, "contrasts");
    for (int i = 0; i < 400; i++) {
      int account = i % 4;
      boolean red = random.nextDouble() < .2 + .2 * account;
      String colour = red ? "red" : random.nextBoolean() ? "blue" : "black";
      String place = random.nextBoolean() ? "forest" : "coast";
      accounts.add("a" + account);
      colours.add(colour);
      places.add(place);
      values.add(
          -10.0 * account
              + (red ? 1 + account : 0)
              + (colour.equals("blue") ? .5 : 0)
              + (place.equals("coast") ? 3 : 0)
              + noise * random.nextGaussian());
    }
    return AccountContrasts.of(
        values.stream().mapToDouble(v -> v).toArray(),
        new TagColumn("colour", colours),
        List.of(new TagColumn("place", places)),
        accounts,
        IntStream.range(0, 400).toArray(),
        new double[0],
        IntStream.range(0, 400).toArray());
  }

  @Test
  void effectsAreThoseWithinEachAccount() {
    List<InAccount> found = contrasts(.1).of("red", Map.of("black", 1.0));
    assertThat(found).hasSize(4);
    for (int account = 0; account < 4; account++) {
      assertThat(found.get(account).effect()).isCloseTo(1 + account, within(.15));
    }
  }

  @Test
  void averageReferenceCountsTheLevelItself() {
    List<InAccount> found =
        contrasts(.1).of("red", Map.of("red", 1 / 3.0, "blue", 1 / 3.0, "black", 1 / 3.0));
    // of account 0: 1 - (1 + .5 + 0) / 3
    assertThat(found.get(0).effect()).isCloseTo(.5, within(.1));
  }

  @Test
  void standardErrorsFallWithThePostsOfBothSides() {
    List<InAccount> found = contrasts(1).of("red", Map.of("black", 1.0));
    InAccount first = found.get(0);
    assertThat(first.shown() + first.others()).isEqualTo(100);
    double expected = Math.sqrt(1.0 / first.shown() + 1.0 / first.others());
    assertThat(first.standardError()).isCloseTo(expected, within(.15 * expected));
  }

  @Test
  void accountsThatShowOneSideOnlyTellNothing() {
    contrasts(1);
    for (int i = 0; i < 400; i++) {
      if (accounts.get(i).equals("a2")) {
        colours.set(i, "red");
      }
    }
    AccountContrasts contrasts =
        AccountContrasts.of(
            values.stream().mapToDouble(v -> v).toArray(),
            new TagColumn("colour", colours),
            List.of(),
            accounts,
            IntStream.range(0, 400).toArray(),
            new double[0],
            IntStream.range(0, 400).toArray());
    assertThat(contrasts.of("red", Map.of("black", 1.0)))
        .extracting(InAccount::account)
        .containsExactly("a0", "a1", "a3");
    assertThat(contrasts.shares("red").get("a2")).isEqualTo(1);
  }

  @Test
  void nearDuplicatesCountOnce() {
    contrasts(1);
    AccountContrasts twice =
        AccountContrasts.of(
            values.stream().mapToDouble(v -> v).toArray(),
            new TagColumn("colour", colours),
            List.of(),
            accounts,
            IntStream.range(0, 400).map(i -> i / 40).toArray(),
            new double[0],
            IntStream.range(0, 400).toArray());
    assertThat(twice.of("red", Map.of("black", 1.0)).get(0).shown()).isEqualTo(10);
  }

  @Test
  void postsOfLittleWeightHardlyMoveTheEffectOfTheirAccount() {
    List<InAccount> plain = contrasts(.1).of("red", Map.of("black", 1.0));
    double[] weights = new double[400];
    double[] off = values.stream().mapToDouble(v -> v).toArray();
    for (int i = 0; i < weights.length; i++) {
      boolean noise = i % 8 < 4;
      weights[i] = noise ? 1e-6 : 2;
      off[i] += noise && colours.get(i).equals("red") ? 50 : 0;
    }
    int[] each = IntStream.range(0, 400).toArray();
    List<InAccount> found =
        AccountContrasts.of(
                off,
                new TagColumn("colour", colours),
                List.of(new TagColumn("place", places)),
                accounts,
                each,
                weights,
                each)
            .of("red", Map.of("black", 1.0));
    for (int account = 0; account < 4; account++) {
      assertThat(found.get(account).effect()).isCloseTo(plain.get(account).effect(), within(.2));
    }
  }

  @Test
  void theUnitOfWeightsDoesNotMatter() {
    List<InAccount> plain = contrasts(1).of("red", Map.of("black", 1.0));
    double[] weights = new double[400];
    Arrays.fill(weights, 3);
    int[] each = IntStream.range(0, 400).toArray();
    List<InAccount> found =
        AccountContrasts.of(
                values.stream().mapToDouble(v -> v).toArray(),
                new TagColumn("colour", colours),
                List.of(new TagColumn("place", places)),
                accounts,
                each,
                weights,
                each)
            .of("red", Map.of("black", 1.0));
    assertThat(found.get(0).effect()).isCloseTo(plain.get(0).effect(), within(1e-9));
    assertThat(found.get(0).standardError()).isCloseTo(plain.get(0).standardError(), within(1e-9));
  }
}
