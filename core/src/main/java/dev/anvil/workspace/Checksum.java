package dev.anvil.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C over the values of a row, so that one that was damaged on the disk is noticed. */
final class Checksum {
  private Checksum() {}

  /**
   * The checksum of values in their order.
   *
   * @param values texts or bytes; where one ends and the next begins counts
   */
  static long of(Object... values) {
    CRC32C crc = new CRC32C();
    for (Object value : values) {
      byte[] bytes = value instanceof byte[] b ? b : ((String) value).getBytes(UTF_8);
      crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      crc.update(bytes);
    }
    return crc.getValue();
  }
}
