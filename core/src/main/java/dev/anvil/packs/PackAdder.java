package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.packs.PackInstaller.Description;
import dev.anvil.workspace.FileTree;
import dev.anvil.workspace.WriteLock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds a folder that is on this machine already, in the layout of Hugging Face, optimum, diffusers
 * or transformers.js, a lone graph, or another store's pack. Files are linked where the disk allows
 * it, else copied.
 */
public final class PackAdder {
  private static final String UNKNOWN_LICENCE = "unknown, see the origin";

  private final ModelFolder models;

  public PackAdder(ModelFolder models) {
    this.models = requireNonNull(models, "models is null");
  }

  /**
   * What a person says of a folder that it does not say itself.
   *
   * @param name of the pack; the folder's own, where empty
   * @param variant the precision to take where there are several, for example {@code fp16}
   * @param kind decides where networks fit two kinds
   * @param licence where the folder has no licence
   * @param origin where the folder does not tell
   */
  public record Request(
      Optional<String> name,
      Optional<String> variant,
      Optional<PackKind> kind,
      Optional<String> licence,
      Optional<String> origin) {
    /** Only what the folder says. */
    public static final Request DEFAULT =
        new Request(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /**
   * The name that a folder or file gets.
   *
   * @return the file's name in lower case, without its ending and what names may not have
   */
  public static String nameOf(Path source) {
    String name =
        source
            .toAbsolutePath()
            .normalize()
            .getFileName()
            .toString()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("\\.onnx$", "")
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceFirst("^[^a-z0-9]+", "");
    return name.isEmpty() ? "pack" : name.substring(0, Math.min(name.length(), 64));
  }

  /**
   * Adds a pack.
   *
   * @param source a folder, or the file of a lone graph
   * @throws InvalidInputException when it is no pack, with what is wrong with each network, or when
   *     the name is taken
   */
  public Installed add(Path source, Request request, RunContext context) throws IOException {
    Path folder = Files.isDirectory(source) ? source : source.toAbsolutePath().getParent();
    if (!Files.isDirectory(source) && !Files.isRegularFile(source)) {
      throw new InvalidInputException(
          source.toString(), "found no such folder; expected one with .onnx files");
    }
    String name = request.name().orElseGet(() -> nameOf(source));
    try (WriteLock lock = models.lock(name)) {
      requireNonNull(lock);
      if (models.has(name)) {
        throw new InvalidInputException(
            models.pack(name).toString(),
            "found a pack of this name; remove it first, or choose another with --name");
      }
      FileTree.delete(models.staging(name));
      try {
        return stage(source, folder, name, request, context);
      } catch (InvalidInputException e) {
        throw inSource(e, models.staging(name), folder);
      } finally {
        FileTree.delete(models.staging(name));
      }
    }
  }

  /** People know their folder, not where it was looked at. */
  private static InvalidInputException inSource(
      InvalidInputException e, Path staging, Path source) {
    return new InvalidInputException(
        e.problems().stream()
            .map(
                p ->
                    new Problem(
                        p.where().replace(staging.toAbsolutePath().toString(), source.toString()),
                        p.message()))
            .toList());
  }

  private Installed stage(
      Path source, Path folder, String name, Request request, RunContext context)
      throws IOException {
    Path staging = models.staging(name);
    if (Files.isRegularFile(folder.resolve(ModelPack.MANIFEST)) && folder.equals(source)) {
      return copyPack(folder, name, context);
    }
    Set<String> files =
        folder.equals(source)
            ? SourceFolder.needed(folder, request.variant())
            : loneGraph(folder, source.getFileName().toString());
    link(folder, files, staging, context);
    PackLayout layout = PackDetector.detect(staging, request.kind());
    PackInstaller.install(
        models,
        layout,
        new Description(
            name,
            "1",
            Licences.of(staging).or(request::licence).orElse(UNKNOWN_LICENCE),
            origin(folder, request)));
    return new Installed(ModelPack.open(models.pack(name)), layout.notes());
  }

  /** A pack of another store keeps its manifest, whose name has to stay the folder's. */
  private Installed copyPack(Path folder, String name, RunContext context) throws IOException {
    ModelPack pack = ModelPack.verify(folder);
    if (!pack.manifest().name().equals(name)) {
      throw new InvalidInputException(
          folder.resolve(ModelPack.MANIFEST).toString(),
          "found a pack named \"%s\"; expected the same name, --name %s"
              .formatted(pack.manifest().name(), pack.manifest().name()));
    }
    Set<String> files = new TreeSet<>(Set.of(ModelPack.MANIFEST));
    pack.manifest().files().forEach(f -> files.add(f.file()));
    link(folder, files, models.staging(name), context);
    models.appear(name);
    return new Installed(ModelPack.open(models.pack(name)), List.of());
  }

  private static Set<String> loneGraph(Path folder, String graph) throws IOException {
    if (!SourceFolder.isGraph(graph)) {
      throw new InvalidInputException(
          folder.resolve(graph).toString(), "found a file; expected an .onnx graph, or a folder");
    }
    Set<String> files = new TreeSet<>(SourceFolder.weights(folder, graph));
    files.add(graph);
    return files;
  }

  private void link(Path from, Collection<String> files, Path to, RunContext context)
      throws IOException {
    try (Phase phase = context.start("add", files.size())) {
      for (String file : files) {
        Path source = from.resolve(file).toRealPath();
        Path target = to.resolve(file);
        Files.createDirectories(target.getParent());
        linkOrCopy(source, target);
        phase.step(1);
      }
    }
  }

  private static void linkOrCopy(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Another disk, or one without links.
      DiskRoom.require(target.getParent(), Files.size(source));
      Files.copy(source, target);
    }
  }

  private static String origin(Path folder, Request request) throws IOException {
    if (request.origin().isPresent()) {
      return request.origin().get();
    }
    Path config = folder.resolve("config.json");
    Optional<String> declared =
        Files.isRegularFile(config)
            ? PackDetector.text(config, "_name_or_path")
                .filter(n -> n.matches("[\\w-][\\w.-]*/[\\w.-]+"))
            : Optional.empty();
    return declared
        .map(n -> "exported from %s, as its config.json says".formatted(n))
        .orElse("added from a folder named " + folder.getFileName());
  }
}
