package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads from an ONNX file which files beside it keep its weights, passing over everything else
 * (onnx.proto: ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto).
 */
final class GraphFile {
  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 4096;

  private final Path file;
  private final InputStream in;
  private final Set<String> locations = new TreeSet<>();
  private long position;

  private GraphFile(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * The names of the files with a graph's weights, relative to the graph's folder.
   *
   * @throws InvalidInputException when the file is no ONNX graph, is cut short, or names a file
   *     outside of its folder
   */
  static Set<String> weights(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      GraphFile graph = new GraphFile(file, in);
      try {
        graph.message(Message.MODEL, Files.size(file), 0);
      } catch (EOFException e) {
        throw graph.broken();
      }
      for (String location : graph.locations) {
        if (!Fields.staysInside(location)) {
          throw new InvalidInputException(
              file.toString(),
              "found weights in \"%s\"; expected a file beside the graph".formatted(location));
        }
      }
      return graph.locations;
    }
  }

  /** The messages that lead to weights, and by which of their fields. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    ENTRY;

    private Optional<Message> child(long field) {
      return Optional.ofNullable(
          switch (this) {
            case MODEL -> field == 7 ? GRAPH : null;
            case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : null;
            case NODE -> field == 5 ? ATTRIBUTE : null;
            case ATTRIBUTE ->
                field == 5 || field == 10 ? TENSOR : field == 6 || field == 11 ? GRAPH : null;
            case TENSOR -> field == 13 ? ENTRY : null;
            case ENTRY -> null;
          });
    }
  }

  private void message(Message message, long end, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw broken();
    }
    String key = "";
    while (position < end) {
      long tag = number();
      long field = tag >>> 3;
      switch ((int) tag & 7) {
        case 0 -> number();
        case 1 -> skip(Long.BYTES);
        case 5 -> skip(Integer.BYTES);
        case 2 -> {
          long length = number();
          if (length < 0 || length > end - position) {
            throw broken();
          }
          Optional<Message> child = message.child(field);
          if (child.isPresent()) {
            message(child.get(), position + length, depth + 1);
          } else if (message == Message.ENTRY && field == 1) {
            key = text(length);
          } else if (message == Message.ENTRY && field == 2 && key.equals("location")) {
            locations.add(text(length));
          } else {
            skip(length);
          }
        }
        default -> throw broken();
      }
    }
    if (position != end) {
      throw broken();
    }
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      position++;
      value |= (long) (b & 127) << shift;
      if (b < 128) {
        return value;
      }
    }
    throw broken();
  }

  private String text(long length) throws IOException {
    if (length > LONGEST_TEXT) {
      throw broken();
    }
    byte[] bytes = in.readNBytes((int) length);
    position += bytes.length;
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void skip(long count) throws IOException {
    in.skipNBytes(count);
    position += count;
  }

  private InvalidInputException broken() {
    return new InvalidInputException(
        file.toString(), "found no ONNX graph, or one that is cut short; expected a network");
  }
}
