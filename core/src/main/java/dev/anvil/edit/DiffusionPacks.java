package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.diffusion.Condition;
import dev.anvil.diffusion.Control;
import dev.anvil.diffusion.ControlNet;
import dev.anvil.diffusion.DepthNetwork;
import dev.anvil.diffusion.Generator;
import dev.anvil.diffusion.LatentDiffusion;
import dev.anvil.diffusion.Recipe;
import dev.anvil.diffusion.SchedulerKind;
import dev.anvil.image.PictureReader;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes what paints by latent diffusion; each pack is opened once and shared. */
final class DiffusionPacks implements AutoCloseable {
  private static final String PACK = "a model pack of stable-diffusion";
  private static final String CONTROLS = "a list of pack, kind, scale, from and to";

  private final ModelStore models;
  private final int threads;
  private final Map<String, AutoCloseable> opened = new LinkedHashMap<>();

  DiffusionPacks(ModelStore models, int threads) {
    this.models = requireNonNull(models, "models is null");
    this.threads = threads;
  }

  /** An editor of these parameters, see {@link Editors#create}. */
  Editor editor(Parameters given) {
    Generation generation = Generation.read(given);
    List<ControlRequest> controlRequests =
        controlRequests(given, "kind", DiffusionControl.Kind.names());
    int crop = given.whole("crop", -1, -1, 10_000);
    List<Path> outlines = given.pictures(DiffusionEditor.OUTLINES, false);
    if (!outlines.isEmpty()
        && controlRequests.stream()
            .noneMatch(c -> c.kind().equals(Optional.of(DiffusionControl.Kind.SEG)))) {
      given.problem(
          DiffusionEditor.OUTLINES,
          "found no control of kind seg, which outlines are shown to; expected one,"
              + " for example control: [{pack: a model pack of controlnet, kind: seg}]");
    }
    DiffusionEditor.Handling handling =
        new DiffusionEditor.Handling(
            given.text("null_prompt", "(?s).*", "what the element is unchanged", "a photo"),
            given.number("strength", 1, 0, 1),
            given.whole("size", 512, 64, 4096),
            Optional.of(crop).filter(c -> c >= 0),
            given.whole("dilate", 8, 0, 1000),
            given.whole("feather", 8, 0, 1000),
            given.text("hole", "outline|box", "outline or box", "outline").equals("box")
                ? DiffusionEditor.Hole.BOX
                : DiffusionEditor.Hole.OUTLINE,
            given
                .optionalText(DiffusionEditor.POSITION, "[A-H]", "one of A to H")
                .flatMap(Placement::of),
            outlines.isEmpty() ? Optional.empty() : Optional.of(new Outlines(outlines)));
    given.check();
    LatentDiffusion diffusion = diffusion(generation.pack());
    if (!diffusion.encodes()) {
      throw new InvalidInputException(
          "model pack " + generation.pack(),
          "found no vae_encoder; expected one, since edits start from a picture");
    }
    List<DiffusionControl> controls = controlRequests.stream().map(this::control).toList();
    return new DiffusionEditor(diffusion, generation.recipe(diffusion), controls, handling);
  }

  /** A generator of these parameters, see {@link Editors#generator}. */
  Generator generator(Parameters given) {
    Generation generation = Generation.read(given);
    List<ControlRequest> controlRequests = controlRequests(given, "picture", List.of());
    int width = side(given, "width");
    int height = side(given, "height");
    given.check();
    LatentDiffusion diffusion = diffusion(generation.pack());
    List<Control> controls =
        controlRequests.stream()
            .map(
                s ->
                    new Control(
                        s.pack().map(this::controlNet),
                        Condition.of(
                            PictureReader.DEFAULT.read(s.picture().orElseThrow()), width, height),
                        s.scale(),
                        s.from(),
                        s.to()))
            .toList();
    return new Generator(diffusion, generation.recipe(diffusion), width, height, controls);
  }

  private static int side(Parameters given, String key) {
    int side = given.whole(key, 512, 64, 4096);
    if (side % 8 != 0) {
      given.problem(key, "found %d; expected a multiple of 8".formatted(side));
    }
    return side;
  }

  /** What is asked for, before any pack is opened; empty or 0 where the pack decides. */
  private record Generation(
      String pack,
      String prompt,
      String negative,
      int steps,
      Optional<Double> guidance,
      Optional<SchedulerKind> scheduler,
      boolean guess) {
    static Generation read(Parameters given) {
      Optional<String> scheduler =
          given.optionalText(
              "scheduler",
              String.join("|", SchedulerKind.names()),
              "one of " + SchedulerKind.names());
      return new Generation(
          given.text("pack", ".+", PACK),
          given.text("prompt", "(?s).+", "what to paint, such as \"a blue chair\""),
          given.text("negative", "(?s).*", "what not to paint", ""),
          given.whole("steps", 0, 0, 500),
          given.given().containsKey("guidance")
              ? Optional.of(given.number("guidance", 7.5, -1, 100))
              : Optional.empty(),
          scheduler.flatMap(SchedulerKind::of),
          given.flag("guess", false));
    }

    Recipe recipe(LatentDiffusion diffusion) {
      Recipe usual = diffusion.recipe(prompt, scheduler);
      return new Recipe(
          prompt,
          negative,
          steps == 0 ? usual.steps() : steps,
          guidance.orElse(usual.guidance()),
          usual.scheduler(),
          guess);
    }
  }

  /** A control that is asked for, before any pack is opened. */
  private record ControlRequest(
      Optional<String> pack,
      Optional<DiffusionControl.Kind> kind,
      Optional<String> depth,
      Optional<Path> picture,
      double scale,
      double from,
      double to) {}

  /**
   * The {@code control} parameter.
   *
   * @param what names what each entry must say: its kind, or its picture
   */
  private static List<ControlRequest> controlRequests(
      Parameters given, String what, List<String> kinds) {
    List<ControlRequest> out = new ArrayList<>();
    for (Parameters group : given.groups("control", CONTROLS)) {
      Optional<DiffusionControl.Kind> kind = Optional.empty();
      Optional<String> depth = Optional.empty();
      Optional<Path> picture = Optional.empty();
      if (kinds.isEmpty()) {
        picture = group.file(what, "a condition picture");
        if (picture.isEmpty() && !group.given().containsKey(what)) {
          group.problem(what, "found nothing; expected a condition picture");
        }
      } else {
        kind =
            DiffusionControl.Kind.of(group.text(what, String.join("|", kinds), "one of " + kinds));
        depth = group.optionalText("depth", ".+", "a model pack of depth");
        if (kind.filter(k -> k == DiffusionControl.Kind.DEPTH).isPresent() && depth.isEmpty()) {
          group.problem("depth", "found nothing; expected a model pack of depth");
        }
      }
      double from = group.share("from", 0);
      double to = group.share("to", 1);
      if (from >= to) {
        group.problem("from", "found %s to %s; expected a part of 0 to 1".formatted(from, to));
      }
      out.add(
          new ControlRequest(
              group.optionalText("pack", ".+", "a model pack of controlnet"),
              kind,
              depth,
              picture,
              group.number("scale", 1, 0, 10),
              from,
              to));
      group.checkKnown();
    }
    return out;
  }

  private DiffusionControl control(ControlRequest request) {
    return new DiffusionControl(
        request.kind().orElseThrow(),
        request.pack().map(this::controlNet),
        request.depth().map(d -> opened(d, PackKind.DEPTH, DepthNetwork.class, DepthNetwork::open)),
        request.scale(),
        request.from(),
        request.to());
  }

  private LatentDiffusion diffusion(String pack) {
    return opened(pack, PackKind.STABLE_DIFFUSION, LatentDiffusion.class, LatentDiffusion::open);
  }

  private ControlNet controlNet(String pack) {
    return opened(pack, PackKind.CONTROLNET, ControlNet.class, ControlNet::open);
  }

  private synchronized <T extends AutoCloseable> T opened(
      String name, PackKind kind, Class<T> type, BiFunction<ModelPack, Integer, T> opening) {
    AutoCloseable known = opened.get(name);
    if (type.isInstance(known)) {
      return type.cast(known);
    }
    try {
      ModelPack pack = models.open(name);
      if (pack.manifest().kind() != kind) {
        throw new InvalidInputException(
            "model pack " + name,
            "found kind %s; expected %s".formatted(pack.manifest().kind().text(), kind.text()));
      }
      T made = opening.apply(pack, threads);
      opened.put(name, made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    for (AutoCloseable pack : opened.values()) {
      try {
        pack.close();
      } catch (Exception e) {
        throw new IllegalStateException("a pack's networks do not close", e);
      }
    }
    opened.clear();
  }
}
