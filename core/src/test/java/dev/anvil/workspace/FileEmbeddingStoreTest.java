package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileEmbeddingStoreTest {
  private static final int ROW_BYTES = 32 + 4 + 4 * 3;
  private static final int HEADER = 16;

  @TempDir Path temp;

  @Test
  void findsRowsAgainAfterReopening() {
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(0, 5));
      assertThat(file.get(key(3))).contains(row(3));
      assertThat(file.get(key(5))).isEmpty();
    }
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      assertThat(file.size()).isEqualTo(5);
      file.put(rows(5, 6));
      for (int i = 0; i < 6; i++) {
        assertThat(file.get(key(i))).contains(row(i));
      }
    }
  }

  @Test
  void keepsEveryBitOfNotANumber() {
    int[] bits = {0x7fc01234, 0xffc00001, 0x7f800001, 0x80000000, 1, 0xff800000};
    ByteBuffer raw = ByteBuffer.allocate(4 * bits.length);
    raw.asIntBuffer().put(bits);
    float[] row = new float[bits.length];
    raw.asFloatBuffer().get(row);
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, bits.length)) {
      file.put(Map.of(key(0), row));
      int[] found =
          IntStream.range(0, bits.length)
              .map(i -> Float.floatToRawIntBits(file.get(key(0)).orElseThrow()[i]))
              .toArray();
      assertThat(found).isEqualTo(bits);
    }
  }

  @Test
  void keepsTheFirstRowOfAKey() {
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(0, 1));
      file.put(Map.of(key(0), row(9)));
      assertThat(file.get(key(0))).contains(row(0));
    }
    assertThat(temp.resolve("00000.f32")).hasSize(HEADER + ROW_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 35, ROW_BYTES - 1})
  void dropsATornLastRecord(int torn) throws Exception {
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(0, 4));
    }
    Path chunk = temp.resolve("00000.f32");
    try (FileChannel channel = FileChannel.open(chunk, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - ROW_BYTES + torn);
    }
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      assertThat(file.size()).isEqualTo(3);
      assertThat(file.contains(key(3))).isFalse();
      file.put(rows(3, 5));
      assertThat(file.get(key(3))).contains(row(3));
      assertThat(file.get(key(4))).contains(row(4));
      assertThat(file.damaged()).isZero();
    }
    assertThat(chunk).hasSize(HEADER + 5 * ROW_BYTES);
  }

  @Test
  void dropsRecordsOfZerosThatALossOfPowerLeaves() throws Exception {
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(0, 2));
    }
    Files.write(temp.resolve("00000.f32"), new byte[2 * ROW_BYTES + 7], StandardOpenOption.APPEND);
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(2, 3));
      assertThat(file.size()).isEqualTo(3);
      assertThat(file.damaged()).isZero();
    }
    assertThat(temp.resolve("00000.f32")).hasSize(HEADER + 3 * ROW_BYTES);
  }

  @Test
  void countsADamagedRowAndKeepsTheOthers() throws Exception {
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(0, 4));
    }
    byte[] bytes = Files.readAllBytes(temp.resolve("00000.f32"));
    bytes[HEADER + ROW_BYTES + 40] ^= 1;
    Files.write(temp.resolve("00000.f32"), bytes);
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      assertThat(file.damaged()).isEqualTo(1);
      assertThat(file.get(key(1))).isEmpty();
      assertThat(file.get(key(3))).contains(row(3));
      file.put(rows(1, 2));
      assertThat(file.get(key(1))).contains(row(1));
    }
  }

  @Test
  void goesOnInAnotherChunkWhenOneIsFull() {
    long chunkBytes = HEADER + 2 * ROW_BYTES + 5;
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3, chunkBytes)) {
      file.put(rows(0, 5));
      file.put(rows(5, 8));
    }
    assertThat(temp.resolve("00003.f32")).hasSize(HEADER + 2 * ROW_BYTES);
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3, chunkBytes)) {
      for (int i = 0; i < 8; i++) {
        assertThat(file.get(key(i))).contains(row(i));
      }
    }
  }

  @Test
  void continuesAChunkWhoseHeaderWasNotWritten() throws Exception {
    Files.write(temp.resolve("00000.f32"), new byte[5]);
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      assertThat(file.size()).isZero();
      file.put(rows(0, 1));
      assertThat(file.get(key(0))).contains(row(0));
    }
  }

  @Test
  void aReaderSeesRowsThatAnotherAppendsMeanwhile() {
    long chunkBytes = HEADER + 2 * ROW_BYTES;
    try (FileEmbeddingStore reader = FileEmbeddingStore.open(temp, 3, chunkBytes);
        FileEmbeddingStore writer = FileEmbeddingStore.open(temp, 3, chunkBytes)) {
      for (int i = 0; i < 7; i++) {
        assertThat(reader.contains(key(i))).isFalse();
        writer.put(rows(i, i + 1));
        assertThat(reader.get(key(i))).contains(row(i));
      }
      reader.put(rows(0, 9));
      assertThat(writer.get(key(8))).contains(row(8));
    }
  }

  @Test
  void refusesAnotherDimension() {
    try (FileEmbeddingStore file = FileEmbeddingStore.open(temp, 3)) {
      file.put(rows(0, 1));
      assertThatThrownBy(() -> file.put(Map.of(key(1), new float[4])))
          .hasMessage("found a row of 4 floats; expected 3");
    }
    assertThatThrownBy(() -> FileEmbeddingStore.open(temp, 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("found embeddings of 3 floats; expected 4");
  }

  private static Map<String, float[]> rows(int from, int to) {
    Map<String, float[]> rows = new LinkedHashMap<>();
    IntStream.range(from, to).forEach(i -> rows.put(key(i), row(i)));
    return rows;
  }

  private static String key(int i) {
    return Sha256.of("key " + i);
  }

  private static float[] row(int i) {
    float[] row = new float[3];
    Arrays.fill(row, i + 0.25f);
    return row;
  }
}
