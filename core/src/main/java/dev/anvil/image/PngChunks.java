package dev.anvil.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** The chunks of a PNG file (W3C PNG, 5.3), in their order; a chunk that is cut off is left out. */
record PngChunks(List<Chunk> chunks) {
  /** Where a file's first chunk begins. */
  static final int FIRST = 8;

  /** A chunk; its data are {@code length} bytes of {@code file} from {@code start}. */
  record Chunk(String type, byte[] file, int start, int length) {
    /**
     * Whether it cannot be passed over, as its first letter says, and has other bytes than its sum.
     */
    boolean isDamaged() {
      CRC32 sum = new CRC32();
      sum.update(file, start - 4, 4 + length);
      return Character.isUpperCase(type.charAt(0))
          && (int) sum.getValue() != ByteBuffer.wrap(file).getInt(start + length);
    }

    byte[] data() {
      return Arrays.copyOfRange(file, start, start + length);
    }

    /** Its data, big-endian. */
    ByteBuffer buffer() {
      return ByteBuffer.wrap(file, start, length).slice();
    }
  }

  PngChunks {
    chunks = List.copyOf(chunks);
  }

  static PngChunks of(byte[] png) {
    ByteBuffer in = ByteBuffer.wrap(png);
    List<Chunk> chunks = new ArrayList<>();
    for (long at = FIRST; at + 12 <= png.length; ) {
      int p = (int) at;
      long length = in.getInt(p) & 0xffffffffL;
      if (at + 12 + length > png.length) {
        break;
      }
      String type = new String(png, p + 4, 4, StandardCharsets.ISO_8859_1);
      chunks.add(new Chunk(type, png, p + 8, (int) length));
      at += 12 + length;
    }
    return new PngChunks(chunks);
  }

  Optional<Chunk> find(String type) {
    return chunks.stream().filter(c -> c.type().equals(type)).findFirst();
  }
}
