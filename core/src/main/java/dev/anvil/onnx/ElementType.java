package dev.anvil.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The element types that a network may take and give. Outside a network every tensor is float32,
 * which holds token ids, masks and bytes exactly; each type converts at the network's door.
 */
enum ElementType {
  FLOAT32("float32", OnnxJavaType.FLOAT, Float.BYTES),
  FLOAT16("float16", OnnxJavaType.FLOAT16, Short.BYTES),
  FLOAT64("float64", OnnxJavaType.DOUBLE, Double.BYTES),
  INT64("int64", OnnxJavaType.INT64, Long.BYTES),
  INT32("int32", OnnxJavaType.INT32, Integer.BYTES),
  UINT8("uint8", OnnxJavaType.UINT8, 1),
  BOOL("bool", OnnxJavaType.BOOL, 1);

  private final String text;
  private final OnnxJavaType type;
  private final int bytes;

  ElementType(String text, OnnxJavaType type, int bytes) {
    this.text = text;
    this.type = type;
    this.bytes = bytes;
  }

  /** The type's name in a manifest. */
  String text() {
    return text;
  }

  static Optional<ElementType> of(OnnxJavaType type) {
    return Arrays.stream(values()).filter(t -> t.type == type).findFirst();
  }

  static Optional<ElementType> of(String text) {
    return Arrays.stream(values()).filter(t -> t.text.equals(text)).findFirst();
  }

  /** A tensor of this type; a float32 tensor in a direct buffer is not copied. */
  OnnxTensor create(OrtEnvironment environment, Tensor tensor) throws OrtException {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    FloatBuffer from = tensor.data().duplicate().rewind();
    if (this == FLOAT32) {
      return OnnxTensor.createTensor(environment, from, shape);
    }
    ByteBuffer to =
        ByteBuffer.allocateDirect(Math.max(bytes, Math.multiplyExact(from.limit(), bytes)))
            .order(ByteOrder.nativeOrder());
    switch (this) {
      case FLOAT64 -> {
        DoubleBuffer out = to.asDoubleBuffer();
        each(from, out::put);
        return OnnxTensor.createTensor(environment, out.flip(), shape);
      }
      case INT64 -> {
        LongBuffer out = to.asLongBuffer();
        each(from, v -> out.put((long) v));
        return OnnxTensor.createTensor(environment, out.flip(), shape);
      }
      case INT32 -> {
        IntBuffer out = to.asIntBuffer();
        each(from, v -> out.put((int) v));
        return OnnxTensor.createTensor(environment, out.flip(), shape);
      }
      case FLOAT16 -> {
        ShortBuffer out = to.asShortBuffer();
        each(from, v -> out.put(Fp16Conversions.floatToFp16(v)));
        return OnnxTensor.createTensor(environment, out.flip(), shape, type);
      }
      case UINT8, BOOL -> {
        each(from, v -> to.put((byte) (this == BOOL ? v == 0 ? 0 : 1 : (int) v)));
        return OnnxTensor.createTensor(environment, to.flip(), shape, type);
      }
      default -> throw new AssertionError(this);
    }
  }

  /** The values of a tensor of this type as float32. */
  FloatBuffer read(OnnxTensor tensor) {
    switch (this) {
      case FLOAT32, FLOAT16 -> {
        return tensor.getFloatBuffer();
      }
      case FLOAT64 -> {
        DoubleBuffer in = tensor.getDoubleBuffer();
        return fill(in, () -> (float) in.get());
      }
      case INT64 -> {
        LongBuffer in = tensor.getLongBuffer();
        return fill(in, () -> (float) in.get());
      }
      case INT32 -> {
        IntBuffer in = tensor.getIntBuffer();
        return fill(in, () -> (float) in.get());
      }
      case UINT8, BOOL -> {
        ByteBuffer in = tensor.getByteBuffer();
        return fill(in, () -> (float) (in.get() & 255));
      }
    }
    throw new AssertionError(this);
  }

  private interface Sink {
    void put(float value);
  }

  private interface Source {
    float get();
  }

  private static void each(FloatBuffer from, Sink to) {
    while (from.hasRemaining()) {
      to.put(from.get());
    }
  }

  private static FloatBuffer fill(Buffer in, Source from) {
    FloatBuffer out = FloatBuffer.allocate(in.remaining());
    while (in.hasRemaining()) {
      out.put(from.get());
    }
    return out.flip();
  }
}
