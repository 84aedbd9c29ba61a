package dev.anvil.packs;

import dev.anvil.Sha256;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackLayout.Network;
import dev.anvil.packs.PackManifest.PackFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns a staged folder into a pack: what was recognised, sizes and hashes go into its manifest.
 */
final class PackInstaller {
  private PackInstaller() {}

  /** What a manifest says that the files do not. */
  record Description(String name, String version, String licence, String origin) {}

  /** Writes the manifest, deletes what is not in it, and makes the pack visible. */
  static void install(ModelFolder models, PackLayout layout, Description description)
      throws IOException {
    Path staging = models.staging(description.name());
    List<PackFile> files = new ArrayList<>();
    for (Network network : layout.networks()) {
      files.add(file(staging, network.file(), network.role(), network.inputs(), network.outputs()));
    }
    for (String other : layout.others()) {
      files.add(file(staging, other, other, List.of(), List.of()));
    }
    deleteAllBut(staging, files.stream().map(PackFile::file).collect(Collectors.toSet()));
    ManifestWriter.write(
        new PackManifest(
            description.name(),
            layout.kind(),
            description.version(),
            description.licence(),
            description.origin(),
            Optional.empty(),
            files,
            Optional.empty(),
            List.of(),
            List.of()),
        staging.resolve(ModelPack.MANIFEST));
    models.appear(description.name());
  }

  private static PackFile file(
      Path folder, String file, String role, List<TensorSpec> inputs, List<TensorSpec> outputs)
      throws IOException {
    Path path = folder.resolve(file);
    return new PackFile(file, role, Files.size(path), Sha256.of(path), inputs, outputs);
  }

  private static void deleteAllBut(Path folder, Set<String> keep) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.filter(p -> !Files.isDirectory(p)).toList();
    }
    for (Path file : all) {
      if (!keep.contains(folder.relativize(file).toString().replace('\\', '/'))) {
        Files.delete(file);
      }
    }
  }
}
