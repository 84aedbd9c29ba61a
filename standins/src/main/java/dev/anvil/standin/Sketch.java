package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of which only the inputs and outputs matter: it takes what it is said to take and gives
 * zeros. Written as {@code pixel_values:float[B,3,224,224] -> image_embeds:float[B,512]}; a name is
 * a free dimension.
 */
public final class Sketch {
  private static final Pattern TENSOR = Pattern.compile("([\\w.]+):(\\w+)\\[([\\w,]*)\\]");
  private static final Map<String, DataType> TYPES =
      Map.of(
          "float", DataType.FLOAT,
          "float16", DataType.FLOAT16,
          "double", DataType.DOUBLE,
          "int64", DataType.INT64,
          "int32", DataType.INT32,
          "uint8", DataType.UINT8,
          "bool", DataType.BOOL);

  private Sketch() {}

  /** Writes such a network. */
  public static Path write(Path file, String signature) throws IOException {
    return graph(signature).write(file);
  }

  /** As {@link #write(Path, String)}, but it gives another number than zero. */
  public static Path write(Path file, String signature, float value) throws IOException {
    return graph(signature, value).write(file);
  }

  /** Such a network. */
  public static Graph graph(String signature) {
    return graph(signature, 0);
  }

  /** One that gives another number than zero. */
  public static Graph graph(String signature, float value) {
    String[] sides = signature.split("->", -1);
    Graph graph = new Graph(1);
    for (Tensor input : tensors(sides[0])) {
      graph.input(input.name, input.type, input.shape);
    }
    // Shapes that depend on an input stay free; those of constants would be fixed.
    String input = graph.cast(tensors(sides[0]).get(0).name, DataType.FLOAT);
    String zero =
        graph.cast(
            graph.node(
                "Mul",
                graph.node("ReduceMax", List.of(input), Map.of("keepdims", 0L)),
                graph.constant(0)),
            DataType.INT64);
    for (Tensor output : tensors(sides[1])) {
      long[] shape =
          Arrays.stream(output.shape).mapToLong(d -> d instanceof Long n ? n : 1).toArray();
      String sized = graph.node("Add", graph.ints(shape), zero);
      String filled = graph.node("Expand", graph.constant(value), sized);
      graph
          .alias(output.name, graph.cast(filled, output.type))
          .output(output.name, output.type, output.shape);
    }
    return graph;
  }

  private record Tensor(String name, DataType type, Object[] shape) {}

  private static List<Tensor> tensors(String side) {
    List<Tensor> out = new ArrayList<>();
    Matcher each = TENSOR.matcher(side);
    while (each.find()) {
      Object[] shape =
          Arrays.stream(each.group(3).split(","))
              .filter(d -> !d.isEmpty())
              .map(d -> d.matches("\\d+") ? (Object) Long.valueOf(d) : d)
              .toArray();
      out.add(new Tensor(each.group(1), TYPES.get(each.group(2)), shape));
    }
    return out;
  }
}
