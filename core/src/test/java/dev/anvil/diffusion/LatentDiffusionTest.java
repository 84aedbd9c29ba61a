package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.CancelAfter;
import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.Counted;
import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.diffusion.DiffusionRequest.Source;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.image.Size;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.ControlNetStandIn;
import dev.anvil.standin.DiffusionStandIn;
import dev.anvil.standin.Sketch;
import dev.anvil.standin.UnetStandIn;
import dev.anvil.standin.UnetStandIn.Timestep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With stand-ins whose UNet knows the way to the colour that the prompt names. */
class LatentDiffusionTest {
  private static final int SIDE = 64;

  @TempDir Path folder;

  @Test
  void paintsWhatThePromptNames() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      Picture red = text(diffusion, "a red car", 1);
      Picture blue = text(diffusion, "a blue car", 1);

      assertThat(mean(red, 0)).isGreaterThan(mean(red, 2) + 100);
      assertThat(mean(blue, 2)).isGreaterThan(mean(blue, 0) + 100);
      assertThat(text(diffusion, "a red car", 1)).isEqualTo(red);
      assertThat(text(diffusion, "a red car", 2)).isNotEqualTo(red);
    }
  }

  @Test
  void refusesAPictureThatIsNoneAndNamesTheNetwork() throws IOException {
    String decoder = "latent_sample:float[1,4,8,8] -> sample:float[1,3,64,64]";
    for (float value : new float[] {0, Float.NaN}) {
      Path pack = folder.resolve("decoder" + value);
      new DiffusionStandIn().write(pack);
      Sketch.write(pack.resolve("vae_decoder/model.onnx"), decoder, value);
      try (LatentDiffusion diffusion =
          LatentDiffusion.open(StandInPack.open(pack, PackKind.STABLE_DIFFUSION), 1)) {
        assertThatThrownBy(() -> text(diffusion, "a red car", 1))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("vae_decoder of decoder")
            .hasMessageContaining(
                Float.isNaN(value) ? "no finite numbers" : "found the same output");
      }
    }
  }

  @Test
  void turnsAwayFromTheNegativePrompt() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      Recipe plain = recipe(diffusion, "a photo", 2);
      Recipe notRed = new Recipe("a photo", "red", 4, 2, SchedulerKind.PNDM, false);

      assertThat(mean(text(diffusion, notRed, 1), 0))
          .isLessThan(mean(text(diffusion, plain, 1), 0) - 40);
    }
  }

  @ParameterizedTest
  @EnumSource(Timestep.class)
  void feedsEveryTimestepInTheWild(Timestep timestep) throws IOException {
    UnetStandIn unet = new UnetStandIn().timestep(timestep);
    try (LatentDiffusion plain = open("plain", new DiffusionStandIn());
        LatentDiffusion other = open("other", new DiffusionStandIn().unet(unet))) {
      assertThat(text(other, "a red car", 3)).isEqualTo(text(plain, "a red car", 3));
    }
  }

  @ParameterizedTest
  @EnumSource(SchedulerKind.class)
  void arrivesWithEveryScheduler(SchedulerKind kind) throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      Picture picture = text(diffusion, new Recipe("a blue car", "", 8, 1, kind, false), 5);

      assertThat(mean(picture, 2)).isBetween(200., 255.);
      assertThat(mean(picture, 0)).isBetween(0., 60.);
    }
  }

  @Test
  void readsTheOldExportOfDiffusers() throws IOException {
    DiffusionStandIn old =
        new DiffusionStandIn()
            .layout(DiffusionStandIn.Layout.DIFFUSERS)
            .unet(new UnetStandIn().timestep(Timestep.BATCH));
    try (LatentDiffusion plain = open("plain", new DiffusionStandIn());
        LatentDiffusion other = open("old", old)) {
      assertThat(text(other, "a red car", 3)).isEqualTo(text(plain, "a red car", 3));
      assertThat(other.isRepeatable()).isFalse();
      assertThat(plain.isRepeatable()).isTrue();
      assertThat(change(other, "a red car", .5)).isEqualTo(change(plain, "a red car", .5));
    }
  }

  @Test
  void runsAFixedBatchOfOneTwiceForGuidance() throws IOException {
    try (LatentDiffusion plain = open("plain", new DiffusionStandIn());
        LatentDiffusion one = open("one", new DiffusionStandIn().unet(new UnetStandIn().batch(1)));
        LatentDiffusion two =
            open("two", new DiffusionStandIn().unet(new UnetStandIn().batch(2)))) {
      Recipe guided = recipe(plain, "a red car", 2);
      Recipe free = recipe(plain, "a red car", 1);

      assertThat(text(one, guided, 1)).isEqualTo(text(plain, guided, 1));
      assertThat(text(two, free, 1)).isEqualTo(text(plain, free, 1));
    }
  }

  @Test
  void comesNearInHalfPrecision() throws IOException {
    try (LatentDiffusion plain = open("plain", new DiffusionStandIn());
        LatentDiffusion half =
            open(
                "half",
                new DiffusionStandIn().unet(new UnetStandIn().half().timestep(Timestep.HALF)))) {
      Picture expected = text(plain, "a red car", 1);
      Picture found = text(half, "a red car", 1);
      assertThat(distance(found, expected)).isLessThan(2);
    }
  }

  @Test
  void keepsMoreOfAPictureWithLessStrength() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      Picture some = change(diffusion, "a red car", .3);
      Picture most = change(diffusion, "a red car", 1);
      Picture source = source();

      assertThat(distance(some, source)).isLessThan(distance(most, source));
      assertThatThrownBy(() -> change(diffusion, "a red car", .05))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("leaves 0 steps");
    }
  }

  @Test
  void changesOnlyTheMaskedLatents() throws IOException {
    for (int channels : new int[] {4, 9}) {
      DiffusionStandIn pack = new DiffusionStandIn().unet(new UnetStandIn().channels(channels));
      try (LatentDiffusion diffusion = open("inpaint" + channels, pack)) {
        Mask mask = Masks.ofBox(SIDE, SIDE, new Box(16, 24, 48, 56));
        Picture made =
            generate(
                diffusion,
                request(recipe(diffusion, "a blue car", 1))
                    .from(new Source(source(), Optional.of(mask), 1)));

        assertThat(made.get(30, 40, 2)).as("%d channels", channels).isGreaterThan(190);
        assertThat(made.get(30, 40, 0)).isLessThan(80);
        for (int c = 0; c < 3; c++) {
          assertThat(made.get(4, 4, c)).isCloseTo(source().get(4, 4, c), within(12));
        }
      }
    }
  }

  @Test
  void tellsLcmTheGuidance() throws IOException {
    String lcm = "{\"_class_name\": \"LCMScheduler\"}";
    DiffusionStandIn pack =
        new DiffusionStandIn().scheduler(lcm).unet(new UnetStandIn().withGuidance());
    try (LatentDiffusion diffusion = open(pack)) {
      Recipe usual = diffusion.recipe("a blue car", Optional.empty());

      assertThat(usual.steps()).isEqualTo(4);
      assertThat(usual.scheduler()).isEqualTo(SchedulerKind.LCM);
      assertThat(mean(text(diffusion, usual, 1), 2)).isGreaterThan(200);
      assertThat(text(diffusion, recipe(diffusion, "a blue car", 3), 1))
          .isNotEqualTo(text(diffusion, recipe(diffusion, "a blue car", 8.5), 1));
    }
  }

  /** docs/model-contracts.md section 5.4: w = 7.5, so guidance 8.5. */
  @Test
  void embedsGuidanceAsLcmDoes() {
    float[] found = Unet.guidanceEmbedding(8.5, 256);

    float[] sines = {-.851236f, .842131f, .011876f};
    float[] cosines = {-.524783f, .539273f, -.999929f};
    for (int i = 0; i < 3; i++) {
      assertThat(found[i]).isCloseTo(sines[i], within(1e-5f));
      assertThat(found[128 + i]).isCloseTo(cosines[i], within(1e-5f));
    }
  }

  @Test
  void knowsWhatSuitsSdTurbo() throws IOException {
    String turbo =
        """
        {"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "trailing",
         "beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
        """;
    try (LatentDiffusion diffusion = open(new DiffusionStandIn().scheduler(turbo))) {
      Recipe usual = diffusion.recipe("a red car", Optional.empty());

      assertThat(usual.guidance()).isLessThanOrEqualTo(1);
      assertThat(usual.steps()).isEqualTo(4);
      assertThat(mean(text(diffusion, usual, 1), 0)).isGreaterThan(200);
    }
  }

  @Test
  void knowsTheSizeOfAFixedExport() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn().unet(new UnetStandIn().side(8)))) {
      assertThat(diffusion.fixedSize()).contains(new Size(64, 64));
    }
  }

  @Test
  void refusesWhatTheCheckerDoesNotWantShown() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn().withSafetyChecker())) {
      Recipe white = recipe(diffusion, "a white car", 2);

      assertThat(diffusion.generate(request(white), RunContext.NONE).refused()).isTrue();
      assertThat(
              diffusion
                  .generate(request(recipe(diffusion, "a red car", 2)), RunContext.NONE)
                  .refused())
          .isFalse();
    }
  }

  @Test
  void tellsEachStepAndStopsWhenCancelled() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      AtomicLong steps = new AtomicLong();
      diffusion.generate(request(recipe(diffusion, "red", 1)), RunContext.of(new Counted(steps)));
      assertThat(steps).hasValue(5); // PNDM calls the network once more than asked for

      Cancellation cancellation = new Cancellation();
      AtomicLong before = new AtomicLong();
      RunContext cancelled = RunContext.of(new CancelAfter(2, cancellation, before), cancellation);
      assertThatThrownBy(() -> diffusion.generate(request(recipe(diffusion, "red", 1)), cancelled))
          .isInstanceOf(CancelledException.class);
      assertThat(before).hasValue(2);
    }
  }

  @Test
  void answersQuestionsAndPaintsWhileAnotherPictureIsMade() throws Exception {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      Picture expected = text(diffusion, "a red car", 1);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      RunContext held = RunContext.of(new HeldAtTheFirstStep(inside, goOn));
      CompletableFuture<Picture> first =
          CompletableFuture.supplyAsync(
              () ->
                  diffusion
                      .generate(
                          DiffusionRequest.of(recipe(diffusion, "a red car", 1.5), SIDE, SIDE, 1),
                          held)
                      .picture());
      inside.await();

      assertThat(diffusion.fixedSize()).isEmpty();
      assertThat(text(diffusion, "a red car", 1)).isEqualTo(expected);
      goOn.countDown();
      assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
    }
  }

  private record HeldAtTheFirstStep(CountDownLatch inside, CountDownLatch goOn)
      implements PhaseListener {
    @Override
    public void started(Phase phase) {}

    @Override
    public void advanced(Phase phase, long count) {
      inside.countDown();
      try {
        if (!goOn.await(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("found nobody who paints meanwhile");
        }
      } catch (InterruptedException e) {
        throw CancelledException.of(e);
      }
    }

    @Override
    public void ended(Phase phase) {}
  }

  @Test
  void stopsWhenItsThreadIsInterruptedAndLeavesTheInterrupt() throws IOException {
    try (LatentDiffusion diffusion = open(new DiffusionStandIn())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> diffusion.generate(request(recipe(diffusion, "red", 1)), RunContext.NONE))
          .isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void saysWhatIsWrongWithAPack() throws IOException {
    try (LatentDiffusion wide =
        open("wide", new DiffusionStandIn().unet(new UnetStandIn().textWidth(48)))) {
      assertThatThrownBy(() -> wide.recipe("red", Optional.empty()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("found a text encoder of width 32; expected 48");
    }
    try (LatentDiffusion blind = open("blind", new DiffusionStandIn().withoutEncoder())) {
      assertThatThrownBy(() -> change(blind, "red", .5))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("found no vae_encoder");
    }
    Path net = ControlNetStandIn.write(folder.resolve("net"), ControlNetStandIn.Contract.A);
    ModelPack pack = StandInPack.open(net, PackKind.CONTROLNET);
    assertThatThrownBy(() -> LatentDiffusion.open(pack, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found kind controlnet; expected stable-diffusion");
  }

  private LatentDiffusion open(DiffusionStandIn standIn) throws IOException {
    return open("pack", standIn);
  }

  private LatentDiffusion open(String name, DiffusionStandIn standIn) throws IOException {
    Path pack = standIn.write(folder.resolve(name));
    return LatentDiffusion.open(StandInPack.open(pack, PackKind.STABLE_DIFFUSION), 1);
  }

  private static Recipe recipe(LatentDiffusion diffusion, String prompt, double guidance) {
    Recipe usual = diffusion.recipe(prompt, Optional.empty());
    return new Recipe(prompt, "", 4, guidance, usual.scheduler(), false);
  }

  private static DiffusionRequest request(Recipe recipe) {
    return DiffusionRequest.of(recipe, SIDE, SIDE, 1);
  }

  private static Picture text(LatentDiffusion diffusion, String prompt, long seed) {
    return text(diffusion, recipe(diffusion, prompt, 1.5), seed);
  }

  private static Picture text(LatentDiffusion diffusion, Recipe recipe, long seed) {
    return generate(diffusion, DiffusionRequest.of(recipe, SIDE, SIDE, seed));
  }

  private static Picture change(LatentDiffusion diffusion, String prompt, double strength) {
    return generate(
        diffusion,
        request(recipe(diffusion, prompt, 1))
            .from(new Source(source(), Optional.empty(), strength)));
  }

  private static Picture generate(LatentDiffusion diffusion, DiffusionRequest request) {
    return diffusion.generate(request, RunContext.NONE).picture();
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

  private static double mean(Picture picture, int channel) {
    double sum = 0;
    for (int i = channel; i < picture.rgb().length; i += 3) {
      sum += picture.rgb()[i] & 255;
    }
    return sum / (picture.width() * picture.height());
  }

  private static double distance(Picture a, Picture b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 255) - (b.rgb()[i] & 255));
    }
    return sum / a.rgb().length;
  }
}
