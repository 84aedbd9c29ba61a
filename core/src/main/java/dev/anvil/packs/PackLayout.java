package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.onnx.TensorSpec;
import java.util.List;

/**
 * What a folder of networks turned out to be.
 *
 * @param networks with their roles and what they take and give
 * @param others paths of the files that the networks need or that describe them
 * @param notes what was left out, and why
 */
record PackLayout(PackKind kind, List<Network> networks, List<String> others, List<String> notes) {
  PackLayout {
    requireNonNull(kind, "kind is null");
    networks = List.copyOf(networks);
    others = List.copyOf(others);
    notes = List.copyOf(notes);
  }

  /**
   * A network in the folder.
   *
   * @param file relative to the folder, with forward slashes
   */
  record Network(String file, String role, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    Network {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }
}
