package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds an ONNX graph (IR 8, opset 17) node by node. */
public final class Graph {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("stand-in");
  private final Random random;
  private int names;

  /**
   * An empty graph.
   *
   * @param seed of its random weights
   */
  public Graph(long seed) {
    random = new Random(seed);
  }

  /**
   * Adds an input.
   *
   * @param shape numbers, or names of free dimensions; none for a scalar
   */
  public Graph input(String name, DataType type, Object... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  /** Adds an output: the tensor of this name. */
  public Graph output(String name, DataType type, Object... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  /** A constant float32 tensor; returns its name. */
  public String constant(float[] values, long... shape) {
    TensorProto.Builder tensor = tensor(DataType.FLOAT, shape);
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes)));
    return tensor.getName();
  }

  /** A constant float32 scalar. */
  public String constant(double value) {
    return constant(new float[] {(float) value});
  }

  /** A constant list of int64, as shapes and axes are. */
  public String ints(long... values) {
    TensorProto.Builder tensor = tensor(DataType.INT64, values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Normally distributed constants with this standard deviation. */
  public String random(double sigma, long... shape) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sigma * random.nextGaussian());
    }
    return constant(values, shape);
  }

  /**
   * Constants that are kept in a file beside the graph, as networks of more than 2 GB do.
   *
   * @param location the file's name, relative to the graph's folder; the caller writes it
   */
  public String external(String location, long offset, long length, long... shape) {
    TensorProto.Builder tensor = tensor(DataType.FLOAT, shape);
    graph.addInitializer(
        tensor
            .setDataLocation(DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(length))));
    return tensor.getName();
  }

  /** Adds a node of one output; returns the output's name. */
  public String node(String operator, List<String> inputs, Map<String, ?> attributes) {
    String output = fresh();
    named(output, operator, inputs, attributes);
    return output;
  }

  /** Adds a node of one output and no attributes. */
  public String node(String operator, String... inputs) {
    return node(operator, List.of(inputs), Map.of());
  }

  /**
   * Adds a node whose output has this name.
   *
   * @param attributes Long, Float, String, long[], float[] or Graph values by name
   */
  public Graph named(
      String output, String operator, List<String> inputs, Map<String, ?> attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output);
    attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
    graph.addNode(node);
    return this;
  }

  /** Gives a tensor a second name, as outputs need. */
  public Graph alias(String output, String tensor) {
    return named(output, "Identity", List.of(tensor), Map.of());
  }

  /** Random convolution without bias; weights keep the variance. */
  public String conv(String input, int in, int out, int kernel, int stride, int pad) {
    String weights = random(1 / Math.sqrt((double) in * kernel * kernel), out, in, kernel, kernel);
    return node(
        "Conv",
        List.of(input, weights),
        Map.of(
            "kernel_shape", new long[] {kernel, kernel},
            "strides", new long[] {stride, stride},
            "pads", new long[] {pad, pad, pad, pad}));
  }

  /** Average over blocks of {@code size} x {@code size} pixels. */
  public String averagePool(String input, long size) {
    return node(
        "AveragePool",
        List.of(input),
        Map.of("kernel_shape", new long[] {size, size}, "strides", new long[] {size, size}));
  }

  /** Reduction (ReduceMean, ReduceSum, ...) over axes. */
  public String reduce(String operator, String input, boolean keep, long... axes) {
    Map<String, Object> attributes = new java.util.TreeMap<>();
    attributes.put("keepdims", keep ? 1L : 0L);
    List<String> inputs = new ArrayList<>(List.of(input));
    if (operator.equals("ReduceSum")) {
      inputs.add(ints(axes)); // an attribute until opset 13
    } else {
      attributes.put("axes", axes);
    }
    return node(operator, inputs, attributes);
  }

  /** Conversion to another element type. */
  public String cast(String input, DataType type) {
    return node("Cast", List.of(input), Map.of("to", (long) type.getNumber()));
  }

  /** The graph as a file's content. */
  public byte[] bytes() {
    return model().toByteArray();
  }

  /** Writes the graph; folders are made as needed. */
  public Path write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model().writeTo(out);
    }
    return file;
  }

  private ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build();
  }

  private String fresh() {
    return "t" + names++;
  }

  private TensorProto.Builder tensor(DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(fresh()).setDataType(type.getNumber());
    Arrays.stream(shape).forEach(tensor::addDims);
    return tensor;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder out = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long whole) {
      out.setType(AttributeType.INT).setI(whole);
    } else if (value instanceof Float real) {
      out.setType(AttributeType.FLOAT).setF(real);
    } else if (value instanceof String text) {
      out.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof Graph body) {
      out.setType(AttributeType.GRAPH).setG(body.graph);
    } else if (value instanceof long[] list) {
      out.setType(AttributeType.INTS);
      Arrays.stream(list).forEach(out::addInts);
    } else if (value instanceof float[] list) {
      out.setType(AttributeType.FLOATS);
      for (float f : list) {
        out.addFloats(f);
      }
    } else {
      throw new IllegalArgumentException("attribute " + name + ": found " + value.getClass());
    }
    return out.build();
  }

  private static ValueInfoProto value(String name, DataType type, Object... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object d : shape) {
      dimensions.addDim(
          d instanceof Number n
              ? TensorShapeProto.Dimension.newBuilder().setDimValue(n.longValue())
              : TensorShapeProto.Dimension.newBuilder().setDimParam(d.toString()));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }
}
