package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackManifest.PackFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a pack was looked at closely: every file hashed, every network opened and
 * compared with the manifest and with what its kind must take and give.
 *
 * @param name of the folder
 * @param pack empty when its manifest or files are not sound
 * @param networks that opened, with what they really take and give
 * @param problems empty for a sound pack
 */
public record PackCheck(
    String name, Optional<ModelPack> pack, List<OpenedNetwork> networks, List<Problem> problems) {
  public PackCheck {
    requireNonNull(name, "name is null");
    requireNonNull(pack, "pack is null");
    networks = List.copyOf(networks);
    problems = List.copyOf(problems);
  }

  /** A network that opened. */
  public record OpenedNetwork(
      String role, String file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    public OpenedNetwork {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  public boolean sound() {
    return problems.isEmpty();
  }

  /** Looks at a pack's folder. */
  public static PackCheck of(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    List<Problem> problems = new ArrayList<>();
    List<OpenedNetwork> networks = new ArrayList<>();
    try {
      ModelPack pack = ModelPack.verify(folder);
      for (PackFile file : pack.manifest().files()) {
        if (!file.inputs().isEmpty()) {
          open(pack, file, networks, problems);
        }
      }
      return new PackCheck(name, Optional.of(pack), networks, problems);
    } catch (InvalidInputException e) {
      return new PackCheck(name, Optional.empty(), List.of(), e.problems());
    }
  }

  private static void open(
      ModelPack pack, PackFile file, List<OpenedNetwork> networks, List<Problem> problems)
      throws IOException {
    try {
      SourceFolder.weights(pack.folder(), file.file());
      try (OnnxNetwork network = pack.network(file.role(), 1)) {
        networks.add(
            new OpenedNetwork(file.role(), file.file(), network.inputs(), network.outputs()));
        compare(pack, file, network).ifPresent(problems::add);
      }
    } catch (InvalidInputException e) {
      problems.addAll(e.problems());
    }
  }

  /** Packs made for Anvil have contracts of their own. */
  private static Optional<Problem> compare(ModelPack pack, PackFile file, OnnxNetwork network)
      throws IOException {
    PackKind kind = pack.manifest().kind();
    if (kind == PackKind.ANVIL) {
      return Optional.empty();
    }
    Recognition found =
        Recogniser.of(
            network.inputs(),
            network.outputs(),
            PackDetector.modelType(pack.folder(), file.file()),
            Optional.of(kind));
    Recognition said = Recognition.of(kind, file.role());
    if (found.equals(said) || found.equals(Recognition.UNKNOWN)) {
      return Optional.empty();
    }
    String words =
        found
            .refusal()
            .orElseGet(
                () ->
                    "found the inputs and outputs of a %s %s; expected those of a %s %s"
                        .formatted(
                            found.part().orElseThrow().kind().text(),
                            found.part().orElseThrow().role(),
                            kind.text(),
                            file.role()));
    return Optional.of(new Problem(pack.folder().resolve(file.file()).toString(), words));
  }
}
