package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.diffusion.Generator;
import dev.anvil.edit.remote.Consent;
import dev.anvil.edit.remote.Remotes;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes editors from the names and parameters of a study file. Networks are loaded once, shared by
 * all editors that use them, and let go by {@link #close}.
 */
public final class Editors implements AutoCloseable {
  /** The names that {@link #create} knows. */
  public static final List<String> NAMES =
      List.of(
          "recolor",
          "remove",
          "background",
          "insert",
          "blur",
          "tone",
          "none",
          DiffusionEditor.NAME,
          Remotes.AUTOMATIC1111,
          Remotes.COMFYUI,
          Remotes.OPENAI);

  private static final String COLOUR = "#?[0-9a-fA-F]{6}";
  private static final String COLOUR_HINT = "six hexadecimal digits such as \"#c01818\"";

  private final ModelStore models;
  private final int threads;
  private final Remotes remotes;
  private final DiffusionPacks diffusions;
  private final Set<Problem> deprecations = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Map<String, Inpainter> inpainters = new HashMap<>();

  /**
   * A maker of editors.
   *
   * @param models where packs are looked up by name
   * @param threads within one call of a network
   */
  public Editors(ModelStore models, int threads) {
    this(models, threads, Consent.NONE);
  }

  /**
   * As above, with servers.
   *
   * @param consent what the user lets leave this machine
   */
  public Editors(ModelStore models, int threads, Consent consent) {
    this(models, threads, Remotes.ofSystem(consent));
  }

  /** As above, with servers reached in another way. */
  Editors(ModelStore models, int threads, Remotes remotes) {
    this.diffusions = new DiffusionPacks(models, threads);
    this.remotes = requireNonNull(remotes, "remotes is null");
    this.models = requireNonNull(models, "models is null");
    this.threads = threads;
  }

  /**
   * An editor.
   *
   * @param name one of {@link #NAMES}
   * @param parameters as read from YAML; recolor: {@code colour}; remove: {@code pack}; background:
   *     {@code plates}; insert: {@code position} (A to H or none), {@code figures}, {@code label}
   *     (person); blur: {@code target} (element or background), {@code sigma} (.01); tone: {@code
   *     colour}, {@code strength} (.3), {@code spare} (false); diffusion: {@code pack}, {@code
   *     prompt}, {@code negative}, {@code steps}, {@code guidance} and {@code scheduler} (the
   *     pack's), {@code guess} (false), {@code control} (a list of {@code pack}, {@code kind} of
   *     seg, canny, depth or inpaint, {@code depth} with the pack for that kind, {@code scale} (1),
   *     {@code from} (0), {@code to} (1)), {@code null_prompt} (a photo), {@code strength} (1),
   *     {@code size} (512), {@code crop} (-1 for none), {@code dilate} (8), {@code feather} (8)
   * @param baseFolder where relative paths begin
   * @throws InvalidInputException with every unknown, missing or unfit parameter
   * @throws dev.anvil.image.UnreadablePictureException if a picture file is damaged
   */
  public Editor create(String name, Map<String, Object> parameters, Path baseFolder) {
    Parameters given = new Parameters(name, parameters, baseFolder);
    switch (name) {
      case "recolor" -> {
        String colour = given.text("colour", COLOUR, COLOUR_HINT);
        given.check();
        return new Recolor(colour);
      }
      case "remove" -> {
        Optional<String> pack = given.optionalText("pack", ".+", "a model pack of inpainting");
        given.check();
        return pack.map(p -> new Remove(inpainter(p))).orElseGet(Remove::new);
      }
      case "background" -> {
        List<Path> plates = given.pictures("plates", true);
        given.check();
        return new ReplaceBackground(plates);
      }
      case "insert" -> {
        String position = given.text("position", "[A-H]|none", "one of A to H or none");
        String label = given.text("label", ".+", "an element's label", InsertCutout.PERSON);
        List<Path> figures = given.pictures("figures", !position.equals(InsertCutout.NONE));
        given.check();
        return new InsertCutout(position, label, figures);
      }
      case "blur" -> {
        String target =
            given.text("target", "element|background", "element or background", "background");
        double sigma = given.number("sigma", .01, 0, .2);
        given.check();
        return new Blur(Blur.Target.valueOf(target.toUpperCase(Locale.ROOT)), sigma);
      }
      case "tone" -> {
        String colour = given.text("colour", COLOUR, COLOUR_HINT);
        double strength = given.number("strength", .3, 0, 1);
        boolean spare = given.flag("spare", false);
        given.check();
        return new Tone(colour, strength, spare);
      }
      case "none" -> {
        given.check();
        return new NullEdit();
      }
      case DiffusionEditor.NAME -> {
        return diffusions.editor(given);
      }
      case Remotes.AUTOMATIC1111, Remotes.COMFYUI, Remotes.OPENAI -> {
        try {
          return remotes.create(name, given);
        } finally {
          deprecations.addAll(given.deprecations());
        }
      }
      default ->
          throw new InvalidInputException(
              "editor", "found \"%s\"; expected one of %s".formatted(name, NAMES));
    }
  }

  /**
   * What makes pictures without a source.
   *
   * @param parameters as of the editor diffusion: {@code pack}, {@code prompt}, {@code negative},
   *     {@code steps}, {@code guidance}, {@code scheduler}, {@code guess}; {@code width} and {@code
   *     height} (512); {@code control} (a list of {@code pack}, {@code picture} with a file of the
   *     condition, {@code scale}, {@code from}, {@code to})
   * @param baseFolder where relative paths begin
   * @return open for as long as these editors are
   * @throws InvalidInputException with every unknown, missing or unfit parameter
   */
  public Generator generator(Map<String, Object> parameters, Path baseFolder) {
    return diffusions.generator(new Parameters("generator", parameters, baseFolder));
  }

  /** Parameters of editors made so far that have no effect any more, each once. */
  public List<Problem> deprecations() {
    synchronized (deprecations) {
      return List.copyOf(deprecations);
    }
  }

  ModelStore models() {
    return models;
  }

  int threads() {
    return threads;
  }

  private synchronized Inpainter inpainter(String name) {
    return inpainters.computeIfAbsent(name, this::openInpainter);
  }

  private Inpainter openInpainter(String name) {
    try {
      ModelPack pack = models.open(name);
      if (pack.manifest().kind() != PackKind.INPAINTING) {
        throw new InvalidInputException(
            "editor remove, parameter pack",
            "found \"%s\", a pack of %s; expected one of %s"
                .formatted(name, pack.manifest().kind().text(), PackKind.INPAINTING.text()));
      }
      return Inpainter.open(pack, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the networks go; editors made here must not be used afterwards. */
  @Override
  public synchronized void close() {
    diffusions.close();
    inpainters.values().forEach(Inpainter::close);
    inpainters.clear();
  }
}
