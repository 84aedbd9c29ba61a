package dev.anvil.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.anvil.InvalidInputException;
import dev.anvil.NativeCalls;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.natives.NativeLibraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network, ready to run. Its inputs and outputs are float32 here, whatever element types it has
 * inside. Safe for use from several threads at once, each call on threads of its own. Equal inputs
 * give equal bits on the same machine, unless the graph itself draws at random.
 */
public final class OnnxNetwork implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT;

  static {
    NativeLibraries.onnxRuntime();
    ENVIRONMENT = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "anvil");
  }

  private final String name;
  private final OrtSession session;
  private final NativeCalls calls;
  private final CallLimits limits;
  private final Map<String, TensorSpec> inputs;
  private final Map<String, TensorSpec> outputs;
  private final Map<String, List<String>> symbols;

  private OnnxNetwork(
      Path path, OrtSession session, List<TensorSpec> in, List<TensorSpec> out, CallLimits limits)
      throws OrtException {
    this.name = path.toString();
    this.session = session;
    this.calls = new NativeCalls(name);
    this.limits = limits;
    this.inputs = byName(in);
    this.outputs = byName(out);
    this.symbols = symbols(session.getInputInfo());
  }

  /**
   * Loads a network that is to take and give certain tensors.
   *
   * @param path of the graph; weights that it keeps in files beside it are loaded too
   * @param inputs all that the network takes
   * @param outputs of which the network may have more
   * @param threads within one call of {@link #run}; with 1, two callers share two cores best
   * @throws InvalidInputException when the file is no network, or its inputs and outputs are not
   *     these
   */
  public static OnnxNetwork open(
      Path path, List<TensorSpec> inputs, List<TensorSpec> outputs, int threads) {
    return open(
        path,
        threads,
        session -> {
          List<Problem> problems = new ArrayList<>();
          List<TensorSpec> found = discover(session.getInputInfo());
          compare(path, "input", found, inputs, problems);
          refuseUnnamed(path, found, inputs, problems);
          compare(path, "output", discover(session.getOutputInfo()), outputs, problems);
          refuse(problems);
          return new OnnxNetwork(path, session, inputs, outputs, CallLimits.USUAL);
        });
  }

  /**
   * Loads a network as it is, with all its inputs and outputs.
   *
   * @param path of the graph; weights that it keeps in files beside it are loaded too
   * @param threads within one call of {@link #run}
   * @throws InvalidInputException when the file is no network, or has types that cannot be fed
   */
  public static OnnxNetwork open(Path path, int threads) {
    return open(path, threads, CallLimits.USUAL);
  }

  static OnnxNetwork open(Path path, int threads, CallLimits limits) {
    return open(
        path,
        threads,
        session -> {
          List<TensorSpec> in = discover(session.getInputInfo());
          List<TensorSpec> out = discover(session.getOutputInfo());
          List<Problem> problems = new ArrayList<>();
          compare(path, "input", in, in, problems);
          compare(path, "output", out, out, problems);
          refuse(problems);
          return new OnnxNetwork(path, session, in, out, limits);
        });
  }

  /** The inputs in the graph's order. */
  public List<TensorSpec> inputs() {
    return List.copyOf(inputs.values());
  }

  /** The outputs in the graph's order. */
  public List<TensorSpec> outputs() {
    return List.copyOf(outputs.values());
  }

  /** An input's description, empty when the network has no such input. */
  public Optional<TensorSpec> input(String input) {
    return Optional.ofNullable(inputs.get(input));
  }

  /** The name that a graph gives to a free dimension of an input; blank when it gives none. */
  public String symbol(String input, int axis) {
    return symbols.get(input).get(axis);
  }

  /**
   * Runs the network for all its outputs.
   *
   * @param tensors one for each input, by name
   * @return one for each output (that the manifest names), by name
   * @throws IllegalArgumentException when the tensors are not those that the network takes
   */
  public Map<String, Tensor> run(Map<String, Tensor> tensors) {
    return run(tensors, RunContext.NONE);
  }

  /** As above; stops within the network when the work is to stop. */
  public Map<String, Tensor> run(Map<String, Tensor> tensors, RunContext context) {
    return run(tensors, outputs.keySet(), context);
  }

  /** Runs the network for some of its outputs. */
  public Map<String, Tensor> run(Map<String, Tensor> tensors, Set<String> wanted) {
    return run(tensors, wanted, RunContext.NONE);
  }

  /**
   * Runs the network for some of its outputs; stops within it when the work is to stop.
   *
   * @throws dev.anvil.CancelledException when the work is to stop
   * @throws InvalidInputException when the call lasts too long or gives too much ({@link
   *     CallLimits})
   * @throws IllegalStateException when it is closed
   */
  public Map<String, Tensor> run(
      Map<String, Tensor> tensors, Set<String> wanted, RunContext context) {
    requireFit(tensors);
    context.checkCancelled();
    calls.enter();
    try {
      return runOpen(tensors, wanted, context);
    } finally {
      calls.leave();
    }
  }

  private Map<String, Tensor> runOpen(
      Map<String, Tensor> tensors, Set<String> wanted, RunContext context) {
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        ElementType type = ElementType.of(inputs.get(entry.getKey()).type()).orElseThrow();
        feed.put(entry.getKey(), type.create(ENVIRONMENT, entry.getValue()));
      }
      try (Call call = new Call(context, limits.time())) {
        return answer(feed, wanted, call);
      }
    } catch (OrtException e) {
      context.checkCancelled();
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  private Map<String, Tensor> answer(Map<String, OnnxTensor> feed, Set<String> wanted, Call call)
      throws OrtException {
    try (OrtSession.Result result = session.run(feed, wanted, call.options())) {
      Map<String, Tensor> out = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> entry : result) {
        OnnxTensor tensor = (OnnxTensor) entry.getValue();
        TensorInfo info = tensor.getInfo();
        limits.require(name, entry.getKey(), info.getNumElements());
        ElementType type = ElementType.of(info.type).orElseThrow();
        out.put(entry.getKey(), new Tensor(type.read(tensor), dims(info)));
      }
      return out;
    } catch (OrtException e) {
      if (call.isLate()) {
        throw limits.tooLong(name);
      }
      throw e;
    }
  }

  /** Waits for calls that are under way, then frees the network; closing again does nothing. */
  @Override
  public void close() {
    if (calls.end()) {
      close(session);
    }
  }

  private static OrtSession load(Path path, int threads) {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // Waiting threads must not burn the cores that decoding uses.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return ENVIRONMENT.createSession(path.toString(), options);
    } catch (OrtException e) {
      throw new InvalidInputException(path.toString(), LoadAdvice.of(e.getMessage()));
    }
  }

  private interface Making {
    OnnxNetwork from(OrtSession session) throws OrtException;
  }

  private static OnnxNetwork open(Path path, int threads, Making making) {
    OrtSession session = load(path, threads);
    try {
      return making.from(session);
    } catch (OrtException | RuntimeException e) {
      close(session);
      throw e instanceof RuntimeException r ? r : new IllegalStateException(path.toString(), e);
    }
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the session does not close", e);
    }
  }

  private static List<TensorSpec> discover(Map<String, NodeInfo> nodes) {
    return nodes.values().stream()
        .map(
            node ->
                node.getInfo() instanceof TensorInfo info
                    ? new TensorSpec(node.getName(), type(info), dims(info))
                    : new TensorSpec(node.getName(), "no tensor", List.of()))
        .toList();
  }

  private static String type(TensorInfo info) {
    return ElementType.of(info.type)
        .map(ElementType::text)
        .orElseGet(() -> info.type.name().toLowerCase(Locale.ROOT));
  }

  private static Map<String, List<String>> symbols(Map<String, NodeInfo> nodes) {
    Map<String, List<String>> out = new LinkedHashMap<>();
    nodes.forEach(
        (input, node) ->
            out.put(input, List.of(((TensorInfo) node.getInfo()).getDimensionNames())));
    return out;
  }

  private static List<Long> dims(TensorInfo info) {
    return Arrays.stream(info.getShape()).boxed().toList();
  }

  private static void compare(
      Path path,
      String kind,
      List<TensorSpec> found,
      List<TensorSpec> expected,
      List<Problem> problems) {
    Map<String, TensorSpec> byName = byName(found);
    for (TensorSpec wanted : expected) {
      String where = "%s %s %s".formatted(path, kind, wanted.name());
      TensorSpec actual = byName.get(wanted.name());
      if (actual == null) {
        problems.add(
            new Problem(where, "found only %s; expected this one".formatted(byName.keySet())));
      } else if (!actual.fits(wanted)) {
        problems.add(
            new Problem(
                where,
                "found %s; expected %s".formatted(actual.typeAndShape(), wanted.typeAndShape())));
      } else if (ElementType.of(actual.type()).isEmpty()) {
        problems.add(
            new Problem(
                where,
                "found %s; expected an element type of %s"
                    .formatted(
                        actual.typeAndShape(),
                        Arrays.stream(ElementType.values()).map(ElementType::text).toList())));
      }
    }
  }

  /** An input that the manifest does not name would be left empty. */
  private static void refuseUnnamed(
      Path path, List<TensorSpec> found, List<TensorSpec> expected, List<Problem> problems) {
    Map<String, TensorSpec> named = byName(expected);
    for (TensorSpec input : found) {
      if (!named.containsKey(input.name())) {
        problems.add(
            new Problem(
                "%s input %s".formatted(path, input.name()),
                "found %s; expected only %s, as in the manifest"
                    .formatted(input.typeAndShape(), named.keySet())));
      }
    }
  }

  private void requireFit(Map<String, Tensor> tensors) {
    if (!tensors.keySet().equals(inputs.keySet())) {
      throw new IllegalArgumentException(
          "%s: found tensors %s; expected %s".formatted(name, tensors.keySet(), inputs.keySet()));
    }
    tensors.forEach(
        (input, tensor) -> {
          List<Long> shape = inputs.get(input).shape();
          if (!inputs.get(input).fits(tensor.shape())) {
            throw new IllegalArgumentException(
                "%s input %s: found shape %s; expected %s"
                    .formatted(
                        name, input, TensorSpec.show(tensor.shape()), TensorSpec.show(shape)));
          }
        });
  }

  private static Map<String, TensorSpec> byName(List<TensorSpec> specs) {
    Map<String, TensorSpec> out = new LinkedHashMap<>();
    specs.forEach(s -> out.put(s.name(), s));
    return out;
  }
}
