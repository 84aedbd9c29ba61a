package dev.anvil.segment.model;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.Size;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A network of a pack with the inputs and outputs that a segmenter needs; says what is amiss. */
final class PackNetwork implements AutoCloseable {
  private final String where;
  private final OnnxNetwork network;

  private PackNetwork(String where, OnnxNetwork network) {
    this.where = where;
    this.network = network;
  }

  /**
   * Loads the network of a role.
   *
   * @throws InvalidInputException when there is none, or when it cannot be run
   */
  static PackNetwork open(ModelPack pack, String role, int threads) {
    String where = "%s %s".formatted(pack.folder(), role);
    return new PackNetwork(where, pack.network(role, threads));
  }

  String where() {
    return where;
  }

  List<TensorSpec> inputs() {
    return network.inputs();
  }

  Optional<TensorSpec> input(String name) {
    return network.input(name);
  }

  /** The first output's name. */
  String firstOutput() {
    return network.outputs().get(0).name();
  }

  boolean hasOutput(String name) {
    return network.outputs().stream().anyMatch(o -> o.name().equals(name));
  }

  /**
   * Refuses a network that lacks one of these.
   *
   * @param optional inputs that are fed where the network has them
   */
  void require(Set<String> inputs, Set<String> optional, Set<String> outputs) {
    List<Problem> problems = new ArrayList<>();
    List<String> has = network.inputs().stream().map(TensorSpec::name).toList();
    List<String> gives = network.outputs().stream().map(TensorSpec::name).toList();
    missing("input", inputs, has, problems);
    missing("output", outputs, gives, problems);
    has.stream()
        .filter(i -> !inputs.contains(i) && !optional.contains(i))
        .forEach(
            i ->
                problems.add(
                    new Problem(
                        "%s input %s".formatted(where, i),
                        "found an input that nothing is known for; expected only %s"
                            .formatted(inputs))));
    refuse(problems);
  }

  private void missing(String kind, Set<String> wanted, List<String> found, List<Problem> out) {
    wanted.stream()
        .filter(w -> !found.contains(w))
        .sorted()
        .forEach(
            w ->
                out.add(
                    new Problem(
                        "%s %s %s".formatted(where, kind, w),
                        "found only %s; expected this one".formatted(found))));
  }

  /**
   * How pictures are prepared for an input [*, 3, height, width]: stretched to the size that the
   * network declares, which is the only one that it can be run at; else as asked.
   *
   * @throws InvalidInputException when the input takes no pictures
   */
  PicturePreparation preparation(String input, PicturePreparation asked) {
    return declaredSize(input).map(asked::stretched).orElse(asked);
  }

  /** The size that an input [*, 3, height, width] declares; empty when it takes any. */
  Optional<Size> declaredSize(String input) {
    TensorSpec spec = network.input(input).orElseThrow();
    List<Long> shape = spec.shape();
    if (shape.size() != 4 || (shape.get(1) != 3 && shape.get(1) != TensorSpec.FREE)) {
      throw new InvalidInputException(
          "%s input %s".formatted(where, input),
          "found %s; expected a picture, [1, 3, height, width]".formatted(spec.typeAndShape()));
    }
    long height = shape.get(2);
    long width = shape.get(3);
    return height == TensorSpec.FREE || width == TensorSpec.FREE
        ? Optional.empty()
        : Optional.of(new Size(Math.toIntExact(width), Math.toIntExact(height)));
  }

  /** The length of an input's dimension, or another where it is free. */
  int length(String input, int axis, int otherwise) {
    List<Long> shape = network.input(input).orElseThrow().shape();
    return axis >= shape.size() || shape.get(axis) == TensorSpec.FREE
        ? otherwise
        : Math.toIntExact(shape.get(axis));
  }

  /** The length of an output's last dimension but some; empty where it is free. */
  Optional<Integer> outputLength(String output, int fromLast) {
    return network.outputs().stream()
        .filter(o -> o.name().equals(output))
        .map(TensorSpec::shape)
        .filter(s -> s.size() > fromLast)
        .map(s -> s.get(s.size() - 1 - fromLast))
        .filter(d -> d != TensorSpec.FREE)
        .map(Math::toIntExact)
        .findFirst();
  }

  /**
   * Runs the network for some outputs.
   *
   * @param tensors by input; those of optional inputs that it does not have are left out
   * @throws InvalidInputException when the network does not run on them, or gives values that are
   *     no finite numbers
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Map<String, Tensor> run(Map<String, Tensor> tensors, Set<String> outputs, RunContext context) {
    Map<String, Tensor> feed = new HashMap<>(tensors);
    feed.keySet().removeIf(name -> network.input(name).isEmpty());
    try {
      return Outputs.requireNumbers(where, network.run(feed, outputs, context));
    } catch (IllegalStateException e) {
      throw new InvalidInputException(
          where,
          "found a network that fails on %s (%s); an export runs only at the sizes that it was made"
                  .formatted(shapes(feed), e.getMessage())
              + " for: declare them as fixed in the graph, or put them into "
              + PicturePreparation.FILE);
    }
  }

  /** Refuses an output that is not as it should be. */
  void requireOutput(String output, Tensor tensor, boolean isGood, String expected) {
    if (!isGood) {
      throw new InvalidInputException(
          "%s output %s".formatted(where, output),
          "found shape %s; expected %s".formatted(tensor.shape(), expected));
    }
  }

  private static String shapes(Map<String, Tensor> feed) {
    List<String> out = new ArrayList<>();
    feed.forEach((name, tensor) -> out.add(name + " " + tensor.shape()));
    return String.join(", ", out.stream().sorted().toList());
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
