package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.onnx.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a model pack says of itself in its {@code pack.json}.
 *
 * @param name unique among packs; also the pack's folder
 * @param kind what its networks are together
 * @param licence SPDX name of the weights' licence
 * @param origin where the weights come from
 * @param limits what its networks know and nothing else, where that is so little that the pack is
 *     used only by those who name it, such as "renders of cars"
 * @param files the networks, at least one
 * @param preprocess how a picture becomes a network's input; empty when no network takes pictures
 * @param layers what runs of an encoder's output columns are averages of; may be empty
 * @param labels name of each class of a detector by index; empty where an index has no class
 */
public record PackManifest(
    String name,
    PackKind kind,
    String version,
    String licence,
    String origin,
    Optional<String> limits,
    List<PackFile> files,
    Optional<Preprocess> preprocess,
    List<Layer> layers,
    List<Optional<String>> labels) {
  public PackManifest {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(version, "version is null");
    requireNonNull(licence, "licence is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(limits, "limits is null");
    files = List.copyOf(files);
    requireNonNull(preprocess, "preprocess is null");
    layers = List.copyOf(layers);
    labels = List.copyOf(labels);
  }

  /**
   * One network, or a file that networks need: a configuration, a vocabulary, weights beside a
   * graph.
   *
   * @param file path relative to the pack's folder, with forward slashes
   * @param role what a network is for, for example {@code encoder} or {@code unet}; of any other
   *     file its path
   * @param sha256 64 lower-case hexadecimal digits
   * @param inputs of a network; empty for any other file
   * @param outputs of a network; empty for any other file
   */
  public record PackFile(
      String file,
      String role,
      long bytes,
      String sha256,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs) {
    public PackFile {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * How a picture becomes a network's input.
   *
   * @param resample PIL's name of the filter, for example {@code bilinear}
   * @param range of the input's values, for example {@code 0..255 RGB}
   */
  public record Preprocess(int width, int height, String resample, String range) {}

  /**
   * A run of embedding columns.
   *
   * @param offset first column
   * @param channels number of columns
   */
  public record Layer(String name, int offset, int channels) {}
}
