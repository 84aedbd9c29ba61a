package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against torch 2.13 on a CPU: {@code torch.randn(n, generator=...manual_seed(seed))}. */
class TorchRandomTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void drawsTheBitsOfTheMersenneTwister() {
    TorchRandom random = new TorchRandom(0);

    assertThat(IntStream.range(0, 5).mapToLong(i -> Integer.toUnsignedLong(random.bits())))
        .containsExactly(2357136044L, 2546248239L, 3071714933L, 3626093760L, 2588848963L);
  }

  @Test
  void drawsTorchsNormalNumbers() {
    check(new TorchRandom(0).normal(16), -1.125840, -1.152360, -.250579, -.433879, .848710);
    check(new TorchRandom(42).normal(16), 1.926915, 1.487284, .900717, -2.105521, .678418);
    check(new TorchRandom(1234).normal(16), -.111719, -.496590, .163074, -.881688, .053900);
  }

  @Test
  void goesOnWhereTheLastDrawEnded() {
    TorchRandom random = new TorchRandom(42);
    float[] first = random.normal(4 * 64 * 64);
    float[] second = random.normal(4 * 64 * 64);

    check(last(first), -.635750, .972810, -.293406);
    assertThat(sum(first)).isCloseTo(149.7648, within(2e-3));
    check(second, -1.304659, 1.450703, .244280);
    check(last(second), 1.556780, 1.906112, -.265412);
    assertThat(sum(second)).isCloseTo(-50.676, within(2e-3));
  }

  @Test
  void drawsTheLastSixteenAnewWhereTheNumberIsNoMultipleOfSixteen() {
    TorchRandom random = new TorchRandom(0);

    float[] first = random.normal(20);
    check(first, -1.125840, -1.152360, -.250579);
    check(last(first), 1.259009, 2.004981, .053737);
    check(random.normal(16), .439696, .112411, .640792);
    check(last(random.normal(33)), .966303, 1.624783, -.365619);
  }

  @Test
  void takesTheLowerHalfOfASeed() {
    check(new TorchRandom(0x1234567890abcdefL).normal(64), -.844511, .501865, 1.598251);
    check(new TorchRandom(0x90abcdefL).normal(64), -.844511, .501865, 1.598251);
    check(new TorchRandom(-1).normal(64), -2.664298, -1.091049, .451447);
  }

  @Test
  void refusesFewerNumbersThanABlock() {
    assertThatThrownBy(() -> new TorchRandom(0).normal(15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found 15 numbers; expected at least 16");
  }

  private static void check(float[] found, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  private static float[] last(float[] values) {
    return Arrays.copyOfRange(values, values.length - 3, values.length);
  }

  private static double sum(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
  }
}
