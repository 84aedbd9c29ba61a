package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From noise to the latents of one picture (docs/model-contracts.md sections 5.4 to 5.8). */
final class Denoising {
  private static final int CHANNELS = 4;

  private final Unet unet;
  private final Autoencoder autoencoder;
  private final DiffusionRequest request;
  private final Recipe recipe;
  private final Scheduler scheduler;
  private final Tensor texts;
  private final boolean guided;
  private final int area;

  Denoising(
      Unet unet,
      PromptEncoder text,
      Autoencoder autoencoder,
      SchedulerConfig config,
      DiffusionRequest request,
      RunContext context) {
    this.unet = unet;
    this.autoencoder = autoencoder;
    this.request = request;
    this.recipe = request.recipe();
    this.scheduler =
        config.run(
            recipe.steps(), request.source().map(DiffusionRequest.Source::strength).orElse(1.));
    this.guided = recipe.guidance() > 1 && !unet.takesGuidance();
    Tensor prompt = text.encode(recipe.prompt(), context);
    this.texts =
        guided ? Rows.stacked(List.of(text.encode(recipe.negative(), context), prompt)) : prompt;
    this.area = request.width() / InpaintMask.CELL * (request.height() / InpaintMask.CELL);
    if (unet.channels() != CHANNELS && unet.channels() != 2 * CHANNELS + 1) {
      throw new InvalidInputException(
          "unet", "found %d channels; expected 4, or 9 to fill masks".formatted(unet.channels()));
    }
  }

  float[] run(RunContext context) {
    TorchRandom random = new TorchRandom(request.seed());
    Supplier<float[]> draw = () -> random.normal(CHANNELS * area);
    Optional<Start> start = request.source().map(source -> start(source, context));
    float[] noise = draw.get();
    float[] latent =
        start
            .filter(s -> !s.isPureNoise())
            .map(s -> scheduler.noised(s.clean(), noise, 0))
            .orElseGet(() -> Latents.times(scheduler.initialSigma(), noise));
    Optional<float[]> fill = fill(start, context);
    int steps = scheduler.timesteps().size();
    try (Phase phase = context.start("denoise", steps)) {
      for (int i = 0; i < steps; i++) {
        latent = scheduler.step(latent, output(latent, fill, i, phase.context()), i, draw);
        if (start.isPresent() && start.get().mask().isPresent() && fill.isEmpty()) {
          float[] known = scheduler.noised(start.get().clean(), noise, i + 1);
          latent = Latents.blend(start.get().mask().get(), latent, known);
        }
        phase.step(1);
      }
    }
    return latent;
  }

  /**
   * A picture to start from, as latents.
   *
   * @param mask of the latents, 1 where they are made anew
   * @param hole latents of the picture with grey in the mask, for UNets that fill masks
   */
  private record Start(
      float[] clean, Optional<float[]> mask, Optional<float[]> hole, double strength) {
    /** Inpainting with full strength keeps nothing of what is behind the mask. */
    boolean isPureNoise() {
      return mask.isPresent() && strength == 1;
    }
  }

  private Start start(DiffusionRequest.Source source, RunContext context) {
    int w = request.width();
    int h = request.height();
    Picture resized = PilResize.resize(source.picture(), w, h, PilResize.Filter.LANCZOS);
    Tensor planes = Planes.of(resized, 2 / 255., -1);
    float[] clean = autoencoder.encode(planes, context);
    if (source.mask().isEmpty()) {
      return new Start(clean, Optional.empty(), Optional.empty(), source.strength());
    }
    float[] mask = InpaintMask.of(source.mask().get(), w, h);
    Optional<float[]> hole = Optional.empty();
    if (unet.channels() != CHANNELS) {
      FloatBuffer data = planes.data();
      for (int i = 0; i < data.limit(); i++) {
        data.put(i, mask[i % mask.length] < .5f ? data.get(i) : 0);
      }
      hole = Optional.of(autoencoder.encode(planes, context));
    }
    return new Start(clean, Optional.of(InpaintMask.latent(mask, w, h)), hole, source.strength());
  }

  /** Mask and hole, for UNets that fill masks: without a mask, all of a grey picture. */
  private Optional<float[]> fill(Optional<Start> start, RunContext context) {
    if (unet.channels() == CHANNELS) {
      return Optional.empty();
    }
    float[] out = new float[(CHANNELS + 1) * area];
    float[] mask = start.flatMap(Start::mask).orElseGet(() -> ones(area));
    float[] hole = start.flatMap(Start::hole).orElseGet(() -> grey(context));
    System.arraycopy(mask, 0, out, 0, area);
    System.arraycopy(hole, 0, out, area, CHANNELS * area);
    return Optional.of(out);
  }

  private static float[] ones(int n) {
    float[] out = new float[n];
    Arrays.fill(out, 1);
    return out;
  }

  private float[] grey(RunContext context) {
    return autoencoder.encode(Tensor.allocate(1, 3, request.height(), request.width()), context);
  }

  /** The UNet's output with guidance, for one latent. */
  private float[] output(float[] latent, Optional<float[]> fill, int step, RunContext context) {
    double t = scheduler.timesteps().get(step);
    Tensor scaled = rows(scheduler.scaled(latent, step));
    Steering steering = steering(scaled, t, step, context);
    Tensor sample = fill.map(f -> filled(scaled, f)).orElse(scaled);
    Tensor out = unet.run(sample, texts, t, recipe.guidance(), steering, context);
    float[] values = out.toArray();
    if (!guided) {
      return values;
    }
    float[] free = Arrays.copyOf(values, CHANNELS * area);
    float[] asked = Arrays.copyOfRange(values, CHANNELS * area, values.length);
    return Latents.mix(1 - recipe.guidance(), free, recipe.guidance(), asked);
  }

  private Tensor rows(float[] latent) {
    Tensor row =
        Tensor.of(
            latent,
            1,
            latent.length / area,
            request.height() / InpaintMask.CELL,
            request.width() / InpaintMask.CELL);
    return guided ? Rows.repeated(row, 2) : row;
  }

  private Tensor filled(Tensor scaled, float[] fill) {
    int n = CHANNELS * area;
    float[] row = new float[n + fill.length];
    scaled.data().get(0, row, 0, n);
    System.arraycopy(fill, 0, row, n, fill.length);
    return rows(row);
  }

  private Steering steering(Tensor scaled, double t, int step, RunContext context) {
    int steps = scheduler.timesteps().size();
    List<Control> controls = request.controls();
    if (unet.takesConditions() && !controls.isEmpty()) {
      return new Steering(
          List.of(),
          controls.stream().map(c -> c.condition().planes()).toList(),
          controls.stream().map(c -> c.scaleAt(step, steps)).toList());
    }
    boolean half = recipe.guess() && guided;
    Tensor sample = half ? Rows.row(scaled, 1) : scaled;
    Tensor text = half ? Rows.row(texts, 1) : texts;
    List<Tensor> sum = new ArrayList<>();
    for (Control control : controls) {
      double scale = control.scaleAt(step, steps);
      if (scale != 0) {
        ControlNet network = control.network().orElseThrow();
        List<Tensor> found =
            network.residuals(sample, text, t, control.condition().planes(), context);
        Residuals.check(network.id(), found, unet.residuals(), sample);
        for (int n = 0; n < found.size(); n++) {
          Residuals.scale(found.get(n), scale * (recipe.guess() ? depth(n) : 1));
        }
        if (sum.isEmpty()) {
          sum.addAll(found);
        } else {
          Residuals.add(sum, found);
        }
      }
    }
    return new Steering(
        half && !sum.isEmpty() ? Residuals.behindZeros(sum) : sum, List.of(), List.of());
  }

  /** How much the n-th residual counts in guess mode: .1 for the outermost, 1 for the middle. */
  private static double depth(int n) {
    return Math.pow(10, -1 + n / (Residuals.COUNT - 1.));
  }
}
