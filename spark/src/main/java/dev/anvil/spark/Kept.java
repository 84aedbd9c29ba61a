package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A value that was put into one of the engine's stores, as a row of a table.
 *
 * @param port that it was put into
 * @param kind of a result; the encoder's id of an embedding; empty of a blob
 * @param key of the value within its kind
 * @param value its bytes; of an embedding float32, little-endian
 */
record Kept(Port port, String kind, String key, byte[] value) implements Serializable {
  /** The stores whose values are content-addressed, and so the same wherever they are made. */
  enum Port {
    RESULT,
    EMBEDDING,
    BLOB
  }

  Kept {
    requireNonNull(port, "port is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
  }

  static Kept result(String kind, String key, byte[] value) {
    return new Kept(Port.RESULT, kind, key, value);
  }

  static Kept blob(String hash, byte[] value) {
    return new Kept(Port.BLOB, "", hash, value);
  }

  static Kept embedding(String encoder, String key, float[] row) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * row.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(row);
    return new Kept(Port.EMBEDDING, encoder, key, bytes.array());
  }

  /** The floats of an embedding, bits preserved. */
  static float[] floats(byte[] value) {
    float[] row = new float[value.length / Float.BYTES];
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(row);
    return row;
  }
}
