package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.Post;
import dev.anvil.diffusion.Generator;
import dev.anvil.edit.remote.Consent;
import dev.anvil.edit.remote.Remotes;
import dev.anvil.encode.ZeroShot;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes editors from the names and parameters of a study file. Networks are loaded once, shared by
 * all editors that use them, and let go by {@link #close}.
 */
public final class Editors implements AutoCloseable {
  /** Every kind of editor. A new one is a class and a line here. */
  private static final List<EditorKind> BUNDLED =
      List.of(
          Recolor.KIND,
          Remove.KIND,
          ReplaceBackground.KIND,
          InsertCutout.KIND,
          Blur.KIND,
          Tone.KIND,
          NullEdit.KIND,
          DiffusionEditor.KIND,
          Remotes.kind(Remotes.AUTOMATIC1111),
          Remotes.kind(Remotes.COMFYUI),
          Remotes.kind(Remotes.OPENAI),
          ReadyMade.KIND,
          Reimagine.KIND,
          Combine.KIND);

  private static final Map<String, EditorKind> KINDS = kinds();

  /** Names of the editors that work on any picture, which {@link #create} knows. */
  public static final List<String> NAMES =
      KINDS.values().stream()
          .filter(kind -> kind.scope() == EditorKind.Scope.PICTURE)
          .map(EditorKind::name)
          .toList();

  /** The editor of a prompt, where none is named. */
  public static final String OF_PROMPTS = DiffusionEditor.NAME;

  private final ModelStore models;
  private final int threads;
  private final Remotes remotes;
  private final DiffusionPacks diffusions;
  private final Set<Problem> deprecations = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Map<String, Inpainter> inpainters = new HashMap<>();
  private final Map<String, ZeroShot> zeroShots = new HashMap<>();

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
   * @param parameters as read from YAML; each kind says which it takes, as {@code docs/editors.md}
   *     does for people; {@link EditorKind#isGenerative generative} ones also take {@code attempts}
   *     (1) and {@code recognise} (a group of {@code pack}, {@code among} and {@code text})
   * @param baseFolder where relative paths begin
   * @throws InvalidInputException with every unknown, missing or unfit parameter
   * @throws dev.anvil.image.UnreadablePictureException if a picture file is damaged
   */
  public Editor create(String name, Map<String, Object> parameters, Path baseFolder) {
    EditorKind kind =
        kind(name)
            .filter(k -> k.scope() == EditorKind.Scope.PICTURE)
            .orElseThrow(() -> unknown(name));
    return make(
        name,
        parameters,
        baseFolder,
        given -> {
          RetriedEditor.Asked asked = asked(kind, given);
          return asked.of(kind.create(given, this), this);
        });
  }

  /**
   * The editors of posts by one name and its parameters; empty for a post that has no variant.
   *
   * @throws InvalidInputException as {@link #create} does
   */
  public Function<Post, Optional<Editor>> forPosts(
      String name, Map<String, Object> parameters, Path baseFolder) {
    EditorKind kind = kind(name).orElseThrow(() -> unknown(name));
    return make(
        name,
        parameters,
        baseFolder,
        given -> {
          RetriedEditor.Asked asked = asked(kind, given);
          Function<Post, Optional<Editor>> editors = kind.forPosts(given, this);
          return post -> editors.apply(post).map(editor -> asked.of(editor, this));
        });
  }

  /** Read before the kind refuses parameters that nobody asked for. */
  private static RetriedEditor.Asked asked(EditorKind kind, Parameters given) {
    return kind.isGenerative() ? RetriedEditor.Asked.read(given) : RetriedEditor.Asked.ONCE;
  }

  private <T> T make(
      String name,
      Map<String, Object> parameters,
      Path baseFolder,
      Function<Parameters, T> making) {
    Parameters given = new Parameters(name, parameters, baseFolder);
    try {
      return making.apply(given);
    } finally {
      deprecations.addAll(given.deprecations());
    }
  }

  /** The kind of a name, empty where there is none. */
  public static Optional<EditorKind> kind(String name) {
    return Optional.ofNullable(KINDS.get(name));
  }

  private static Map<String, EditorKind> kinds() {
    Map<String, EditorKind> kinds = new LinkedHashMap<>();
    List<EditorKind> all = new ArrayList<>(BUNDLED);
    ServiceLoader.load(EditorKind.class).forEach(all::add);
    for (EditorKind kind : all) {
      if (kinds.putIfAbsent(kind.name(), kind) != null) {
        throw new IllegalStateException("two editors are called " + kind.name());
      }
    }
    return kinds;
  }

  private static InvalidInputException unknown(String name) {
    return new InvalidInputException(
        "editor", "found \"%s\"; expected one of %s".formatted(name, NAMES));
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

  /** Where packs are looked up by name. */
  public ModelStore models() {
    return models;
  }

  /** Threads within one call of a network. */
  public int threads() {
    return threads;
  }

  /** The servers that editors have their work done by. */
  public Remotes remotes() {
    return remotes;
  }

  DiffusionPacks diffusions() {
    return diffusions;
  }

  /** A network that fills holes; open for as long as these editors are. */
  synchronized Inpainter inpainter(String name) {
    return inpainters.computeIfAbsent(name, this::openInpainter);
  }

  /** Networks that tell what a picture looks like; open for as long as these editors are. */
  synchronized ZeroShot zeroShot(String name) {
    return zeroShots.computeIfAbsent(
        name,
        n -> {
          try {
            return ZeroShot.open(models, n, threads);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
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
    zeroShots.values().forEach(ZeroShot::close);
    zeroShots.clear();
  }
}
