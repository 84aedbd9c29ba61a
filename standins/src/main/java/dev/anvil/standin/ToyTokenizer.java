package dev.anvil.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A byte-pair vocabulary in CLIP's format that has a token for each of some words; other words are
 * spelled by letters.
 */
final class ToyTokenizer {
  private static final String END = "</w>";

  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final Collection<String> merges = new LinkedHashSet<>();

  /**
   * @param words lower-case; a word whose first letters are another one's comes first
   */
  ToyTokenizer(List<String> words) {
    for (char c = '!'; c <= '~'; c++) {
      add(String.valueOf(c));
      add(c + END);
    }
    words.forEach(this::merge);
    add("<|startoftext|>");
    add("<|endoftext|>");
  }

  private void merge(String word) {
    String left = word.substring(0, 1);
    for (int i = 1; i < word.length(); i++) {
      String right = word.charAt(i) + (i == word.length() - 1 ? END : "");
      merges.add(left + " " + right);
      left += right;
      add(left);
    }
  }

  private void add(String piece) {
    ids.putIfAbsent(piece, ids.size());
  }

  int size() {
    return ids.size();
  }

  /** The id of a word that has a token. */
  int id(String word) {
    return ids.get(word + END);
  }

  /** Writes {@code vocab.json}, {@code merges.txt} and {@code tokenizer_config.json}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> entries = new ArrayList<>();
    ids.forEach(
        (piece, id) ->
            entries.add(
                "\"%s\": %d".formatted(piece.replace("\\", "\\\\").replace("\"", "\\\""), id)));
    text(folder.resolve("vocab.json"), "{" + String.join(", ", entries) + "}");
    text(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", merges) + "\n");
    text(
        folder.resolve("tokenizer_config.json"),
        """
        {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77,
         "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>",
         "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}
        """);
  }

  private static void text(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
