package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.Size;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A pack of kind {@code stable-diffusion}, ready to make pictures: from a prompt, from a picture,
 * or inside a mask; held to ControlNets (docs/model-contracts.md sections 5 and 6). Of Stable
 * Diffusion 1 and 2, SD-Turbo and LCM, in fp32 and fp16, as exported by optimum and by diffusers.
 *
 * <p>Safe for use from several threads; pictures are made side by side. Equal requests give equal
 * pictures on the same machine, unless the pack's {@code vae_encoder} draws inside its graph.
 */
public final class LatentDiffusion implements AutoCloseable {
  private static final String UNET = "unet";
  private static final String CONTROLLED = "controlled_unet";

  private final ModelPack pack;
  private final int threads;
  private final PromptEncoder text;
  private final Autoencoder autoencoder;
  private final Optional<SafetyChecker> safety;
  private final Map<String, Unet> unets = new HashMap<>();

  private LatentDiffusion(
      ModelPack pack,
      int threads,
      PromptEncoder text,
      Autoencoder autoencoder,
      Optional<SafetyChecker> safety) {
    this.pack = pack;
    this.threads = threads;
    this.text = text;
    this.autoencoder = autoencoder;
    this.safety = safety;
  }

  /**
   * Opens a pack's networks; a UNet is opened when it is first needed.
   *
   * @param threads within one call of a network
   * @throws InvalidInputException with what is wrong with the pack
   */
  public static LatentDiffusion open(ModelPack pack, int threads) {
    if (pack.manifest().kind() != PackKind.STABLE_DIFFUSION) {
      throw new InvalidInputException(
          "model pack " + pack.manifest().name(),
          "found kind %s; expected %s"
              .formatted(pack.manifest().kind().text(), PackKind.STABLE_DIFFUSION.text()));
    }
    PromptEncoder text = PromptEncoder.open(pack, threads);
    try {
      Autoencoder autoencoder = Autoencoder.open(pack, threads);
      try {
        return new LatentDiffusion(
            pack, threads, text, autoencoder, SafetyChecker.open(pack, threads));
      } catch (RuntimeException e) {
        autoencoder.close();
        throw e;
      }
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private SchedulerConfig scheduler(Optional<SchedulerKind> kind) {
    String file = "scheduler/scheduler_config.json";
    return SchedulerConfigReader.read(
        pack.manifest().name() + " " + file, PackJson.read(pack, file), kind);
  }

  /**
   * Without residuals a UNet for ControlNets is a plain one (docs/model-contracts.md section 6.3).
   */
  private String plain() {
    return pack.find(UNET).isPresent() ? UNET : CONTROLLED;
  }

  /** The pack's id. */
  public String id() {
    return pack.id();
  }

  /** Whether the pack can start from a picture. */
  public boolean encodes() {
    return autoencoder.encodes();
  }

  /** Whether starting from the same picture twice gives the same picture twice. */
  public boolean isRepeatable() {
    return !autoencoder.drawsInside();
  }

  /** The width and height that an export is fixed to, in pixels; empty where they are free. */
  public Optional<Size> fixedSize() {
    Unet unet = unet(plain());
    OptionalInt w = unet.width();
    OptionalInt h = unet.height();
    return w.isPresent() && h.isPresent()
        ? Optional.of(new Size(w.getAsInt() * InpaintMask.CELL, h.getAsInt() * InpaintMask.CELL))
        : Optional.empty();
  }

  /**
   * What suits the pack: 4 steps for LCM and for networks distilled as SD-Turbo is, known by
   * Euler's scheduler with trailing timesteps; 25 steps with guidance 7.5 for others.
   *
   * @param asked another scheduler than the pack's own
   * @throws InvalidInputException when the pack's scheduler is not at hand and no other is asked
   *     for
   */
  public Recipe recipe(String prompt, Optional<SchedulerKind> asked) {
    SchedulerConfig scheduler = scheduler(asked);
    if (unet(plain()).takesGuidance()) {
      return new Recipe(prompt, "", 4, 8.5, scheduler.kind(), false);
    }
    boolean turbo =
        scheduler.kind() == SchedulerKind.EULER && scheduler.spacing() == Spacing.TRAILING;
    if (turbo || scheduler.kind() == SchedulerKind.LCM) {
      return new Recipe(prompt, "", 4, 1, scheduler.kind(), false);
    }
    return new Recipe(prompt, "", 25, 7.5, scheduler.kind(), false);
  }

  /**
   * Makes one picture.
   *
   * <p>Random numbers are drawn in diffusers' order from one generator: first the noise, [4, H/8,
   * W/8]; then, as many again, at each step of {@code euler-ancestral} and after each step but the
   * last of {@code lcm}. Diffusers draws once more before all of these where it encodes a picture;
   * here the encoder's mean is taken.
   *
   * @param context told of each step
   * @throws InvalidInputException when the pack cannot do what is asked for, or its networks give
   *     what cannot be used
   * @throws dev.anvil.CancelledException when it is to stop, between two steps
   */
  public Generated generate(DiffusionRequest request, RunContext context) {
    float[] latents = latents(request, context);
    Picture picture = autoencoder.decode(latents, request.width(), request.height(), context);
    if (picture.isUniform()) {
      requireSound(context);
    }
    return new Generated(picture, safety.map(s -> s.refuses(picture, context)).orElse(false));
  }

  /**
   * What is wrong with its networks, tried on input made for this; nothing when they are sound. The
   * networks are run once or twice each, at the smallest size that they take.
   */
  public List<Problem> problems(RunContext context) {
    List<Unet> all = new ArrayList<>(List.of(unet(plain())));
    if (pack.find(UNET).isPresent() && pack.find(CONTROLLED).isPresent()) {
      all.add(unet(CONTROLLED));
    }
    return new DiffusionProbe(pack.manifest().name(), text, autoencoder, all).problems(context);
  }

  /** A picture of one colour may be what was asked for, or all that broken networks can do. */
  private void requireSound(RunContext context) {
    List<Problem> problems = problems(context);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** What the picture is decoded from. */
  float[] latents(DiffusionRequest request, RunContext context) {
    Unet unet = unetFor(request.controls());
    SchedulerConfig config = scheduler(Optional.of(request.recipe().scheduler()));
    return new Denoising(unet, text, autoencoder, config, request, context).run(context);
  }

  /** The UNet that takes these controls. */
  private Unet unetFor(List<Control> controls) {
    boolean outside = controls.stream().anyMatch(c -> c.network().isPresent());
    boolean special = !controls.isEmpty() && pack.find(CONTROLLED).isPresent();
    Unet unet = unet(special ? CONTROLLED : plain());
    String where = "model pack " + pack.manifest().name();
    if (outside && unet.takesConditions()) {
      throw new InvalidInputException(
          where, "has its ControlNets inside; expected controls without a pack of their own");
    }
    if (outside && !unet.takesResiduals()) {
      throw new InvalidInputException(
          where,
          "found a UNet without inputs for residuals; ControlNet needs a pack whose UNet was"
              + " exported with them");
    }
    if (!controls.isEmpty()
        && (!unet.takesConditions() && controls.stream().anyMatch(c -> c.network().isEmpty()))) {
      throw new InvalidInputException(
          where, "has no ControlNets inside; expected controls with packs of their own");
    }
    OptionalInt inside = unet.conditions();
    if (unet.takesConditions()
        && inside.isPresent()
        && !controls.isEmpty()
        && inside.getAsInt() != controls.size()) {
      throw new InvalidInputException(
          where,
          "has %d ControlNets inside, found %d controls; expected as many"
              .formatted(inside.getAsInt(), controls.size()));
    }
    return unet;
  }

  /** The UNet of a role; a special one serves as the plain one where the pack has no other. */
  private synchronized Unet unet(String asked) {
    String role = pack.find(asked).isPresent() ? asked : CONTROLLED;
    Unet known = unets.get(role);
    if (known != null) {
      return known;
    }
    Unet unet = Unet.open(pack, role, threads);
    unets.put(role, unet);
    if (text.width().isPresent()
        && unet.textWidth().isPresent()
        && text.width().getAsInt() != unet.textWidth().getAsInt()) {
      throw new InvalidInputException(
          List.of(
              new Problem(
                  "model pack " + pack.manifest().name(),
                  "found a text encoder of width %d; expected %d, as the %s takes"
                      .formatted(text.width().getAsInt(), unet.textWidth().getAsInt(), role))));
    }
    return unet;
  }

  @Override
  public synchronized void close() {
    unets.values().forEach(Unet::close);
    unets.clear();
    text.close();
    autoencoder.close();
    safety.ifPresent(SafetyChecker::close);
  }
}
