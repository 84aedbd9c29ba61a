package dev.anvil.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** Builds ONNX graphs of a few nodes (opset 11) for tests. */
public final class TinyGraph {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");

  /** An encoder of 4 x 4 pictures: channel means of the whole and inside the mask. */
  public static byte[] encoder() {
    return new TinyGraph()
        .input("image", DataType.FLOAT, -1, 3, 4, 4)
        .input("mask", DataType.FLOAT, -1, 1, 4, 4)
        .constant("tiny", 1e-6f)
        .reduce("ReduceMean", "image", "whole", 2, 3)
        .node("Mul", "inside", "image", "mask")
        .reduce("ReduceSum", "inside", "sum", 2, 3)
        .reduce("ReduceSum", "mask", "mass", 2, 3)
        .node("Max", "atLeast", "mass", "tiny")
        .node("Div", "element", "sum", "atLeast")
        .output("whole", DataType.FLOAT, -1, 3)
        .output("element", DataType.FLOAT, -1, 3)
        .bytes();
  }

  /** Adds an input; -1 is a free dimension. */
  public TinyGraph input(String name, DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  public TinyGraph output(String name, DataType type, long... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  public TinyGraph constant(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addFloatData(value));
    return this;
  }

  public TinyGraph node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).addOutput(output));
    return this;
  }

  public TinyGraph reduce(String operator, String input, String output, long... axes) {
    AttributeProto.Builder list =
        AttributeProto.newBuilder().setName("axes").setType(AttributeType.INTS);
    for (long axis : axes) {
      list.addInts(axis);
    }
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .addInput(input)
            .addOutput(output)
            .addAttribute(list)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("keepdims")
                    .setType(AttributeType.INT)
                    .setI(0)));
    return this;
  }

  public byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(6)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long d : shape) {
      dimensions.addDim(
          d < 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("N")
              : TensorShapeProto.Dimension.newBuilder().setDimValue(d));
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
