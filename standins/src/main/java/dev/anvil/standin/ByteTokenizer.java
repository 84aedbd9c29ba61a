package dev.anvil.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** CLIP's tokenizer without merges: every byte is a token, so that any text can be written. */
final class ByteTokenizer {
  /** Bytes, bytes that end a word, start and end. */
  static final int SIZE = 514;

  private ByteTokenizer() {}

  /**
   * Writes {@code vocab.json}, {@code merges.txt} and {@code tokenizer_config.json}.
   *
   * @param length tokens of a text
   */
  static void write(Path folder, int length) throws IOException {
    Files.createDirectories(folder);
    List<String> pieces = new ArrayList<>(symbols());
    symbols().forEach(s -> pieces.add(s + "</w>"));
    pieces.add("<|startoftext|>");
    pieces.add("<|endoftext|>");
    Files.writeString(
        folder.resolve("vocab.json"),
        IntStream.range(0, SIZE)
            .mapToObj(
                i ->
                    "\"%s\": %d"
                        .formatted(pieces.get(i).replace("\\", "\\\\").replace("\"", "\\\""), i))
            .collect(Collectors.joining(", ", "{", "}\n")));
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"model_max_length\": %d, \"pad_token\": \"<|endoftext|>\"}\n".formatted(length));
  }

  /** A printable character for each byte, printable bytes first. */
  private static List<String> symbols() {
    List<String> printable = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      if ((b > 32 && b < 127) || (b > 160 && b != 173)) {
        printable.add(Character.toString(b));
      } else {
        others.add(Character.toString(256 + others.size()));
      }
    }
    printable.addAll(others);
    return printable;
  }
}
