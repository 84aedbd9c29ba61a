package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.diffusion.DiffusionRequest.Source;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.ControlNetStandIn;
import dev.anvil.standin.DiffusionStandIn;
import dev.anvil.standin.UnetStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The latents of whole runs against Python: the same stand-in graphs in onnxruntime 1.30, noise of
 * torch 2.13 ({@code torch.randn} with a CPU generator, drawn in diffusers' order), the loop
 * written in numpy from docs/model-contracts.md sections 5.4 to 5.8 and 6.5. Each line has the
 * latents at 0, 1, 100 and 255, their sum and the sum of their absolute values.
 */
class SeedTest {
  private static final int SIDE = 64;

  @TempDir static Path folder;
  private static ModelPack plain;
  private static ModelPack fills;
  private static ModelPack held;
  private static ModelPack net;

  @BeforeAll
  static void packs() throws IOException {
    plain = pack("plain", new UnetStandIn());
    fills = pack("fills", new UnetStandIn().channels(9));
    held = pack("held", new UnetStandIn().control(UnetStandIn.Control.RESIDUALS_A));
    net =
        StandInPack.open(
            ControlNetStandIn.write(folder.resolve("net"), ControlNetStandIn.Contract.A),
            PackKind.CONTROLNET);
  }

  private static ModelPack pack(String name, UnetStandIn unet) throws IOException {
    Path pack = new DiffusionStandIn().unet(unet).write(folder.resolve(name));
    return StandInPack.open(pack, PackKind.STABLE_DIFFUSION);
  }

  @Test
  void textToImage() {
    check(
        run(plain, text("a red car", "", 5, SchedulerKind.DDIM)),
        1.796554,
        1.783496,
        -1.344756,
        .142716,
        -97.2735,
        308.0853);
    check(
        run(plain, text("a red car", "blue", 5, SchedulerKind.DDIM)),
        2.591671,
        2.578613,
        -.834834,
        .142716,
        -53.1743,
        385.0816);
  }

  @Test
  void schedulersThatDrawAtEachStep() {
    check(
        run(plain, text("a red car", "", 5, SchedulerKind.EULER_ANCESTRAL)),
        1.750000,
        1.749929,
        -1.749999,
        .107767,
        -111.5467,
        343.1229);
    check(
        run(plain, text("a red car", "", 4, SchedulerKind.LCM)),
        1.749942,
        1.449489,
        -1.748815,
        .149999,
        -104.0740,
        312.7840);
  }

  @Test
  void imageToImage() {
    check(
        run(plain, blue(10, false).from(new Source(source(), Optional.empty(), .5))),
        -1.746536,
        -1.548817,
        -.922792,
        -.138236,
        -82.9261,
        266.8686);
  }

  @Test
  void inpaintingByBlending() {
    check(
        run(plain, blue(5, false).from(new Source(source(), Optional.of(mask()), 1))),
        -.686275,
        -.686275,
        -1.054860,
        0,
        -72.0215,
        154.4236);
    check(
        run(plain, blue(10, false).from(new Source(source(), Optional.of(mask()), .8))),
        -.686275,
        -.686275,
        -1.160912,
        0,
        -72.4637,
        155.8489);
  }

  @Test
  void inpaintingByNineChannels() {
    check(
        run(fills, blue(5, false).from(new Source(source(), Optional.of(mask()), 1))),
        -.706447,
        -.670335,
        -1.054860,
        -.008924,
        -72.1979,
        155.0081);
  }

  @Test
  void controlInARangeOfStepsAndByGuess() {
    try (ControlNet network = ControlNet.open(net, 1)) {
      check(
          run(held, blue(5, false).heldTo(control(network, .6))),
          -1.761848,
          -1.454882,
          -1.054996,
          -.148598,
          -75.5907,
          283.0051);
      check(
          run(held, blue(5, true).heldTo(control(network, 1))),
          -1.762048,
          -1.455176,
          -1.055297,
          -.148821,
          -74.4726,
          281.8468);
    }
  }

  private static DiffusionRequest text(
      String prompt, String negative, int steps, SchedulerKind scheduler) {
    return DiffusionRequest.of(
        new Recipe(prompt, negative, steps, 2, scheduler, false), SIDE, SIDE, 42);
  }

  private static DiffusionRequest blue(int steps, boolean guess) {
    return DiffusionRequest.of(
        new Recipe("a blue car", "", steps, 2, SchedulerKind.DDIM, guess), SIDE, SIDE, 7);
  }

  private static List<Control> control(ControlNet network, double to) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      rgb[i * 3 + 1] = (byte) (i % SIDE < SIDE / 2 ? 255 : 0);
    }
    Condition leftGreen = Condition.of(new Picture(SIDE, SIDE, rgb), SIDE, SIDE);
    return List.of(new Control(Optional.of(network), leftGreen, .7, 0, to));
  }

  private static Mask mask() {
    return Masks.ofBox(SIDE, SIDE, new Box(16, 24, 48, 56));
  }

  /** Green, darker towards the right. */
  private static Picture source() {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      rgb[i * 3] = 40;
      rgb[i * 3 + 1] = (byte) (220 - i % SIDE / 8 * 16);
      rgb[i * 3 + 2] = 40;
    }
    return new Picture(SIDE, SIDE, rgb);
  }

  private static float[] run(ModelPack pack, DiffusionRequest request) {
    try (LatentDiffusion diffusion = LatentDiffusion.open(pack, 1)) {
      return diffusion.latents(request, RunContext.NONE);
    }
  }

  private static void check(float[] found, double... expected) {
    assertThat(found).hasSize(256);
    int[] places = {0, 1, 100, 255};
    for (int i = 0; i < places.length; i++) {
      assertThat((double) found[places[i]]).isCloseTo(expected[i], within(1e-4));
    }
    assertThat(IntStream.range(0, 256).mapToDouble(i -> found[i]).sum())
        .isCloseTo(expected[4], within(5e-3));
    assertThat(IntStream.range(0, 256).mapToDouble(i -> Math.abs(found[i])).sum())
        .isCloseTo(expected[5], within(5e-3));
  }
}
