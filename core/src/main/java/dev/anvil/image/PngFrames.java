package dev.anvil.image;

import dev.anvil.image.Frame.After;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The frames of an animated PNG file, each of which can be written as a file of its own.
 *
 * @param header its chunks before the pixels that every frame needs
 * @param parts the packed pixels of each frame
 */
record PngFrames(List<PngChunks.Chunk> header, List<Frame> frames, List<byte[]> parts) {
  private static final Set<String> SHARED =
      Set.of("IHDR", "PLTE", "tRNS", "cICP", "iCCP", "sRGB", "gAMA", "cHRM");

  PngFrames {
    header = List.copyOf(header);
    frames = List.copyOf(frames);
    parts = List.copyOf(parts);
  }

  static PngFrames of(PngChunks chunks) {
    List<Frame> frames = new ArrayList<>();
    List<ByteArrayOutputStream> parts = new ArrayList<>();
    for (PngChunks.Chunk chunk : chunks.chunks()) {
      if (chunk.type().equals("fcTL") && chunk.length() >= 26) {
        frames.add(frame(chunk.buffer()));
        parts.add(new ByteArrayOutputStream());
      } else if (!parts.isEmpty()) {
        int number = chunk.type().equals("fdAT") ? 4 : chunk.type().equals("IDAT") ? 0 : -1;
        if (number >= 0 && chunk.length() >= number) {
          byte[] data = chunk.data();
          parts.get(parts.size() - 1).write(data, number, data.length - number);
        }
      }
    }
    return new PngFrames(
        chunks.chunks().stream().filter(c -> SHARED.contains(c.type())).toList(),
        frames,
        parts.stream().map(ByteArrayOutputStream::toByteArray).toList());
  }

  private static Frame frame(ByteBuffer control) {
    int after = control.get(24);
    return new Frame(
        control.getInt(12),
        control.getInt(16),
        control.getInt(4),
        control.getInt(8),
        control.get(25) == 1,
        after == 1 ? After.IS_CLEARED : after == 2 ? After.IS_TAKEN_BACK : After.STAYS);
  }

  /** One frame as a PNG file. */
  byte[] file(int i) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    for (PngChunks.Chunk chunk : header) {
      byte[] data = chunk.data();
      if (chunk.type().equals("IHDR")) {
        ByteBuffer.wrap(data).putInt(0, frames.get(i).width()).putInt(4, frames.get(i).height());
      }
      write(chunk.type(), data, out);
    }
    write("IDAT", parts.get(i), out);
    write("IEND", new byte[0], out);
    return out.toByteArray();
  }

  private static void write(String type, byte[] data, ByteArrayOutputStream out) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = Arrays.copyOf(name, 4 + data.length);
    System.arraycopy(data, 0, body, 4, data.length);
    CRC32 crc = new CRC32();
    crc.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
