package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Sha256;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.packs.PackManifest.PackFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of networks whose files are the ones that its manifest names, to the byte.
 *
 * @param id the pack's name and a short hash of everything that shapes its results: equal ids give
 *     equal results on the same machine
 */
public record ModelPack(Path folder, PackManifest manifest, String id) {
  /** The manifest's file name. */
  public static final String MANIFEST = "pack.json";

  public ModelPack {
    requireNonNull(folder, "folder is null");
    requireNonNull(manifest, "manifest is null");
    requireNonNull(id, "id is null");
  }

  /**
   * Reads the manifest and checks every file's presence, size and SHA-256. A file that did not
   * change since it was hashed last is not hashed again; {@link #verify} hashes all.
   *
   * @throws InvalidInputException with every problem that was found
   */
  public static ModelPack open(Path folder) throws IOException {
    PackStamp stamp = PackStamp.of(folder);
    ModelPack pack = open(folder, stamp::sha256);
    stamp.save();
    return pack;
  }

  /**
   * As {@link #open}, and hashes every file.
   *
   * @throws InvalidInputException with every problem that was found
   */
  public static ModelPack verify(Path folder) throws IOException {
    return open(folder, file -> Sha256.of(folder.resolve(file)));
  }

  private interface Hashing {
    String of(String file) throws IOException;
  }

  private static ModelPack open(Path folder, Hashing hashing) throws IOException {
    PackManifest manifest = ManifestReader.read(folder.resolve(MANIFEST));
    List<Problem> problems = new ArrayList<>();
    for (PackFile file : manifest.files()) {
      check(folder.resolve(file.file()), file, hashing).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new ModelPack(folder, manifest, id(manifest));
  }

  /** The network for a role, empty when the pack has none. */
  public Optional<PackFile> find(String role) {
    return manifest.files().stream().filter(f -> f.role().equals(role)).findFirst();
  }

  /**
   * Loads the network of a role.
   *
   * @param threads within one call of {@link OnnxNetwork#run}; with 1, two callers share two cores
   *     best
   * @throws InvalidInputException when the pack has no such role, the file is no network, its
   *     inputs and outputs are not those of the manifest, or it was replaced since the pack was
   *     checked
   */
  public OnnxNetwork network(String role, int threads) {
    PackFile file =
        find(role)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        folder.toString(),
                        "found no network with the role \"%s\"; expected one".formatted(role)));
    OnnxNetwork network =
        OnnxNetwork.open(folder.resolve(file.file()), file.inputs(), file.outputs(), threads);
    try {
      checkStill(file);
      return network;
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /**
   * A network may be opened long after its pack was checked, so what was opened is checked again,
   * with the files beside it, which may be its weights.
   */
  private void checkStill(PackFile opened) {
    try {
      PackStamp stamp = PackStamp.of(folder);
      List<Problem> problems = new ArrayList<>();
      for (PackFile file : manifest.files()) {
        boolean beside = file.inputs().isEmpty() && folder(file).equals(folder(opened));
        if (file.equals(opened) || beside) {
          check(folder.resolve(file.file()), file, stamp::sha256).ifPresent(problems::add);
        }
      }
      stamp.save();
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder(PackFile file) {
    return folder.resolve(file.file()).getParent();
  }

  /**
   * A file of the pack that is no network, such as {@code tokenizer/vocab.json}.
   *
   * @param path relative to the pack's folder
   * @return where it is, empty when the manifest does not name it
   */
  public Optional<Path> resource(String path) {
    return find(path).map(f -> folder.resolve(f.file()));
  }

  private static Optional<Problem> check(Path path, PackFile file, Hashing hashing)
      throws IOException {
    String where = path.toString();
    if (!Files.isRegularFile(path)) {
      return Optional.of(new Problem(where, "found no such file; expected a file of the pack"));
    }
    long bytes = Files.size(path);
    if (bytes != file.bytes()) {
      return Optional.of(
          new Problem(where, "found %d bytes; expected %d".formatted(bytes, file.bytes())));
    }
    String hash = hashing.of(file.file());
    return hash.equals(file.sha256())
        ? Optional.empty()
        : Optional.of(
            new Problem(where, "found SHA-256 %s; expected %s".formatted(hash, file.sha256())));
  }

  private static String id(PackManifest manifest) {
    StringBuilder shape = new StringBuilder();
    for (PackFile file : manifest.files()) {
      shape.append(file.role()).append(' ').append(file.sha256()).append('\n');
    }
    shape.append(manifest.preprocess()).append(manifest.layers()).append(manifest.labels());
    return manifest.name() + "-" + Sha256.of(shape.toString()).substring(0, 12);
  }
}
