package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackLayout.Network;
import dev.anvil.packs.Recognition.Part;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at a folder in the layout of Hugging Face, optimum, diffusers or transformers.js, opens its
 * networks and says which pack it is.
 */
final class PackDetector {
  private final Path folder;
  private final Optional<PackKind> asked;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<Part, Network> parts = new LinkedHashMap<>();

  private PackDetector(Path folder, Optional<PackKind> asked) {
    this.folder = folder;
    this.asked = asked;
  }

  /**
   * Says what a folder holds.
   *
   * @param asked what the user says it is
   * @throws InvalidInputException when it is no pack, with what is wrong with each network
   */
  static PackLayout detect(Path folder, Optional<PackKind> asked) throws IOException {
    return new PackDetector(folder.toAbsolutePath(), asked).layout();
  }

  private PackLayout layout() throws IOException {
    List<String> files = SourceFolder.files(folder);
    List<String> graphs = files.stream().filter(SourceFolder::isGraph).toList();
    Set<String> others = new TreeSet<>(files);
    others.remove(ModelPack.MANIFEST); // a foreign one is overwritten
    for (String graph : graphs) {
      others.remove(graph);
      try {
        others.removeAll(SourceFolder.weights(folder, graph));
        try (OnnxNetwork network = OnnxNetwork.open(folder.resolve(graph), 1)) {
          place(graph, network.inputs(), network.outputs());
        }
      } catch (InvalidInputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    PackRules.pairHalves(parts);
    PackKind kind = PackRules.kind(parts.keySet(), folder.toString());
    PackRules.leaveOut(kind, parts, notes);
    PackRules.requireWhole(kind, parts.keySet(), folder.toString());
    for (Network network : parts.values()) {
      others.addAll(SourceFolder.weights(folder, network.file()));
    }
    return new PackLayout(kind, List.copyOf(parts.values()), List.copyOf(others), notes);
  }

  private void place(String graph, List<TensorSpec> inputs, List<TensorSpec> outputs)
      throws IOException {
    String where = folder.resolve(graph).toString();
    Recognition found = Recogniser.of(inputs, outputs, modelType(folder, graph), asked);
    found.refusal().ifPresent(reason -> problems.add(new Problem(where, reason)));
    if (found.equals(Recognition.UNKNOWN)) {
      problems.add(
          new Problem(
              where,
              "found a network from %s to %s; expected one of a known kind"
                  .formatted(TensorSpec.describe(inputs), TensorSpec.describe(outputs))));
    }
    found.part().ifPresent(part -> add(part, new Network(graph, part.role(), inputs, outputs)));
  }

  private void add(Part part, Network network) {
    String where = folder.resolve(network.file()).toString();
    if (asked.isPresent() && asked.get() != part.kind()) {
      problems.add(
          new Problem(
              where,
              "found a network of kind %s; expected %s"
                  .formatted(part.kind().text(), asked.get().text())));
    }
    Network twin = parts.putIfAbsent(part, network);
    if (twin != null) {
      problems.add(
          new Problem(
              where,
              "found a second %s %s beside %s; expected one, add them from separate folders"
                  .formatted(part.kind().text(), part.role(), twin.file())));
    }
  }

  /** The model type in the nearest config.json: beside the graph, or in a folder above it. */
  static String modelType(Path folder, String graph) throws IOException {
    String beside = graph;
    do {
      beside = beside.substring(0, Math.max(0, beside.lastIndexOf('/')));
      Path config = folder.resolve(beside).resolve("config.json");
      if (Files.isRegularFile(config)) {
        return text(config, "model_type").orElse("");
      }
    } while (!beside.isEmpty());
    return "";
  }

  /** A text of a JSON file. */
  static Optional<String> text(Path file, String field) throws IOException {
    return Optional.ofNullable(Documents.json(file, "a configuration").path(field).textValue());
  }
}
