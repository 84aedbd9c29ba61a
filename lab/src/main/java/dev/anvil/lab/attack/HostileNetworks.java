package dev.anvil.lab.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ONNX files, written byte by byte: an encoder's signature with a hostile graph behind it. */
final class HostileNetworks {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  private HostileNetworks() {}

  /**
   * All of them; a backbone's file is refused in each case.
   *
   * @param sound of a pack that is sound
   */
  static List<HostileCase> all(byte[] sound) {
    List<HostileCase> out = new ArrayList<>();
    out.add(HostileCase.refused("a loop without end", model(loop())));
    out.add(HostileCase.refused("a constant of 3 GB", model(constant(768L * 1024 * 1024))));
    out.add(HostileCase.refused("an output of 2^40 values", model(constant(1L << 40))));
    out.add(
        HostileCase.refused(
            "an operator that is not there",
            model(node("NoSuchOperator", List.of("x"), List.of("y")))));
    out.add(HostileCase.refused("a circle", model(node("Add", List.of("x", "y"), List.of("y")))));
    out.add(HostileCase.refused("weights in /etc/passwd", model(outside("/etc/passwd"))));
    out.add(
        HostileCase.refused("weights above the pack", model(outside("../../../../etc/passwd"))));
    out.add(HostileCase.refused("nothing", new byte[0]));
    out.add(HostileCase.refused("text", "<html>404</html>"));
    out.add(
        HostileCase.refused(
            "the first half of a sound one", Arrays.copyOf(sound, sound.length / 2)));
    out.add(
        HostileCase.refused(
            "a length of 2^63", new byte[] {0x3a, -1, -1, -1, -1, -1, -1, -1, -1, 0x7f}));
    out.add(HostileCase.refused("messages 5,000 deep", deep(5_000)));
    out.add(HostileCase.refused("random bytes", random()));
    return out;
  }

  private static byte[] model(byte[] nodes) {
    byte[] graph =
        join(
            nodes,
            field(2, "g".getBytes(StandardCharsets.UTF_8)),
            field(11, value("x", FLOAT, 1, 3, 224, 224)),
            field(12, value("y", FLOAT, 1, 512)));
    return join(
        varint(1, 8), field(7, graph), field(8, join(field(1, new byte[0]), varint(2, 17))));
  }

  /** While true: y stays y. */
  private static byte[] loop() {
    byte[] body =
        join(
            node("Identity", List.of("go"), List.of("on")),
            node("Identity", List.of("v"), List.of("w")),
            field(2, "b".getBytes(StandardCharsets.UTF_8)),
            field(11, value("i", INT64)),
            field(11, value("go", BOOL)),
            field(11, value("v", FLOAT, 1, 512)),
            field(12, value("on", BOOL)),
            field(12, value("w", FLOAT, 1, 512)));
    byte[] start =
        join(
            varint(1, 1),
            varint(1, 512),
            varint(2, FLOAT),
            field(8, "v0".getBytes(StandardCharsets.UTF_8)),
            field(9, new byte[2048]));
    byte[] yes =
        join(
            varint(2, BOOL),
            field(8, "yes".getBytes(StandardCharsets.UTF_8)),
            field(9, new byte[] {1}));
    byte[] most =
        join(
            varint(2, INT64),
            field(8, "most".getBytes(StandardCharsets.UTF_8)),
            field(9, new byte[] {-1, -1, -1, -1, -1, -1, -1, 0x7f}));
    byte[] attribute =
        join(field(1, "body".getBytes(StandardCharsets.UTF_8)), field(6, body), varint(20, 5));
    byte[] loop =
        join(
            strings(1, List.of("most", "yes", "v0")),
            strings(2, List.of("y")),
            strings(4, List.of("Loop")),
            field(5, attribute));
    return join(field(1, loop), field(5, start), field(5, yes), field(5, most));
  }

  /** A constant of this many floats, made at run time, of which one is added to the output. */
  private static byte[] constant(long values) {
    byte[] shape = new byte[8];
    for (int i = 0; i < 8; i++) {
      shape[i] = (byte) (values >> (8 * i));
    }
    byte[] tensor =
        join(
            varint(1, 1),
            varint(2, INT64),
            field(8, "s".getBytes(StandardCharsets.UTF_8)),
            field(9, shape));
    return join(
        node("ConstantOfShape", List.of("s"), List.of("c")),
        node("ReduceMax", List.of("c"), List.of("m")),
        node("GlobalAveragePool", List.of("x"), List.of("p")),
        node("Add", List.of("p", "m"), List.of("y")),
        field(5, tensor));
  }

  private static byte[] outside(String path) {
    byte[] location =
        join(
            field(1, "location".getBytes(StandardCharsets.UTF_8)),
            field(2, path.getBytes(StandardCharsets.UTF_8)));
    byte[] tensor =
        join(
            varint(1, 1),
            varint(1, 512),
            varint(2, FLOAT),
            field(8, "w".getBytes(StandardCharsets.UTF_8)),
            field(13, location),
            varint(14, 1));
    return join(node("Identity", List.of("w"), List.of("y")), field(5, tensor));
  }

  private static byte[] node(String operator, List<String> inputs, List<String> outputs) {
    return field(1, join(strings(1, inputs), strings(2, outputs), strings(4, List.of(operator))));
  }

  private static byte[] value(String name, int type, long... shape) {
    byte[] dimensions = new byte[0];
    for (long d : shape) {
      dimensions = join(dimensions, field(1, varint(1, d)));
    }
    byte[] tensor = join(varint(1, type), field(2, dimensions));
    return join(field(1, name.getBytes(StandardCharsets.UTF_8)), field(2, field(1, tensor)));
  }

  private static byte[] deep(int levels) {
    byte[] out = new byte[0];
    for (int i = 0; i < levels; i++) {
      out = field(6, field(5, field(1, field(7, out))));
    }
    return field(7, out);
  }

  private static byte[] random() {
    byte[] out = new byte[5000];
    new java.util.SplittableRandom(3).nextBytes(out);
    return out;
  }

  private static byte[] strings(int number, List<String> all) {
    byte[] out = new byte[0];
    for (String one : all) {
      out = join(out, field(number, one.getBytes(StandardCharsets.UTF_8)));
    }
    return out;
  }

  private static byte[] field(int number, byte[] content) {
    return join(number((number << 3) | 2), number(content.length), content);
  }

  private static byte[] varint(int number, long value) {
    return join(number(number << 3), number(value));
  }

  private static byte[] number(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long left = value;
    while ((left & ~127L) != 0) {
      out.write((int) ((left & 127) | 128));
      left >>>= 7;
    }
    out.write((int) left);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
