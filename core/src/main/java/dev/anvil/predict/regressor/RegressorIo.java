package dev.anvil.predict.regressor;

import dev.anvil.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Regressors as bytes: a mark, the version of the format, the kind, then what the kind needs. A
 * regressor that was read predicts the same bits as the one that was written.
 */
public final class RegressorIo {
  private static final int MARK = 0x414e5652; // ANVR
  private static final int VERSION = 2;

  private RegressorIo() {}

  /**
   * Reads what {@link Regressor#toBytes()} wrote.
   *
   * @throws InvalidInputException if the bytes are not a regressor, are cut short, or are of an
   *     unknown version or kind
   */
  public static Regressor read(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      String kind = readKind(in);
      return Regressors.kind(kind)
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      "regressor",
                      "found kind \"%s\"; expected one of this version".formatted(kind)))
          .read(in);
    } catch (IOException e) {
      throw tooShort(bytes);
    }
  }

  private static String readKind(DataInputStream in) throws IOException {
    int mark = in.readInt();
    int version = in.readInt();
    if (mark != MARK || version != VERSION) {
      throw new InvalidInputException(
          "regressor",
          "found mark %08x, version %d; expected mark %08x, version %d"
              .formatted(mark, version, MARK, VERSION));
    }
    return in.readUTF();
  }

  public static void readHeader(DataInputStream in, String expected) throws IOException {
    String kind = readKind(in);
    if (!kind.equals(expected)) {
      throw new InvalidInputException(
          "regressor", "found kind \"%s\"; expected \"%s\"".formatted(kind, expected));
    }
  }

  public static InvalidInputException tooShort(byte[] bytes) {
    return new InvalidInputException(
        "regressor", "found %d bytes that end too early".formatted(bytes.length));
  }

  public static byte[] write(String kind, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MARK);
      out.writeInt(VERSION);
      out.writeUTF(kind);
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  public static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("length " + length);
    }
    return in.readNBytes(length);
  }

  public static double[] readDoubles(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || (long) length * Double.BYTES > in.available()) {
      throw new IOException("length " + length);
    }
    double[] out = new double[length];
    for (int i = 0; i < length; i++) {
      out[i] = in.readDouble();
    }
    return out;
  }

  public static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  @FunctionalInterface
  public interface Body {
    void write(DataOutputStream out) throws IOException;
  }
}
