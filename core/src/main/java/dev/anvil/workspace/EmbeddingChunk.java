package dev.anvil.workspace;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One file of embedding rows.
 *
 * <p>Layout, big-endian but for the floats: magic (8 bytes), dimension (int), 4 zero bytes; then
 * rows of key (32 bytes), CRC-32C of key and floats (int), little-endian floats.
 */
final class EmbeddingChunk implements AutoCloseable {
  private static final long MAGIC = 0x414e564c_454d4231L; // "ANVLEMB1"
  private static final int HEADER = 16;
  private static final int KEY = 32;
  private static final int PREFIX = KEY + Integer.BYTES;
  private static final int SCAN_BYTES = 1 << 20;

  private final FileChannel channel;
  private final int dimension;
  private final int rowBytes;
  private MappedByteBuffer mapped;
  private long end = HEADER;
  private long damaged;

  private EmbeddingChunk(FileChannel channel, int dimension) throws IOException {
    this.channel = channel;
    this.dimension = dimension;
    this.rowBytes = PREFIX + Float.BYTES * dimension;
    this.mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, HEADER);
  }

  /** Told of each sound row: its key (32 bytes) and where its record begins. */
  interface Found {
    void row(ByteBuffer key, long offset);
  }

  /** Creates a chunk, or gives one its header whose creator was killed before it could. */
  static EmbeddingChunk create(Path file, int dimension) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      writeFully(
          channel,
          ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(dimension).putInt(0).flip(),
          0);
      channel.force(true);
      return new EmbeddingChunk(channel, dimension);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static boolean hasHeader(Path file) throws IOException {
    return Files.size(file) >= HEADER;
  }

  /** Floats per row, as a chunk's header says. */
  static int dimension(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return dimension(file, channel);
    }
  }

  private static int dimension(Path file, FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    readFully(channel, header, 0);
    header.flip();
    if (header.remaining() < HEADER || header.getLong() != MAGIC) {
      throw new InvalidInputException(file.toString(), "is not a file of Anvil's embeddings");
    }
    return header.getInt();
  }

  static EmbeddingChunk open(Path file, int dimension) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      int found = dimension(file, channel);
      if (found != dimension) {
        throw new InvalidInputException(
            file.toString(),
            "found embeddings of %d floats; expected %d".formatted(found, dimension));
      }
      return new EmbeddingChunk(channel, dimension);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Looks at records after the last sound one. A record that is not sound is torn or still being
   * written when it is at the end, and damaged when sound ones follow.
   *
   * <p>Reads, and does not map: another process may cut a torn end off, and touching a mapped page
   * that is gone ends a program.
   */
  void scan(Found found) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.max(1, SCAN_BYTES / rowBytes) * rowBytes);
    CRC32C crc = new CRC32C();
    long position = end;
    long size = channel.size();
    while (position + rowBytes <= size) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
      readFully(channel, buffer, position);
      int rows = buffer.position() / rowBytes;
      if (rows == 0) {
        return;
      }
      for (int i = 0; i < rows; i++, position += rowBytes) {
        int start = i * rowBytes;
        crc.reset();
        crc.update(buffer.array(), start, KEY);
        crc.update(buffer.array(), start + PREFIX, rowBytes - PREFIX);
        if ((int) crc.getValue() == buffer.getInt(start + KEY)) {
          damaged += (position - end) / rowBytes;
          end = position + rowBytes;
          found.row(buffer.slice(start, KEY), position);
        }
      }
    }
  }

  /** The floats of a row that {@link #scan} found. */
  float[] read(long offset) throws IOException {
    if (offset + rowBytes > mapped.limit()) {
      mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, end);
    }
    float[] row = new float[dimension];
    mapped
        .slice((int) offset + PREFIX, rowBytes - PREFIX)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(row);
    return row;
  }

  int rowsLeft(long maxBytes) {
    return (int) Math.max(0, (maxBytes - end) / rowBytes);
  }

  /** Writes rows after the last sound one and forces them to disk; the caller has the lock. */
  void append(List<Map.Entry<String, float[]>> rows) throws IOException {
    if (channel.size() > end) {
      channel.truncate(end);
    }
    ByteBuffer record = ByteBuffer.allocate(rowBytes);
    CRC32C crc = new CRC32C();
    long position = end;
    for (Map.Entry<String, float[]> row : rows) {
      record.clear().put(HexFormat.of().parseHex(row.getKey()));
      record
          .slice(PREFIX, rowBytes - PREFIX)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(row.getValue());
      crc.reset();
      crc.update(record.array(), 0, KEY);
      crc.update(record.array(), PREFIX, rowBytes - PREFIX);
      record.putInt((int) crc.getValue());
      writeFully(channel, record.clear(), position);
      position += rowBytes;
    }
    channel.force(false);
  }

  long damaged() {
    return damaged;
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, at);
      if (n < 0) {
        return;
      }
      at += n;
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
