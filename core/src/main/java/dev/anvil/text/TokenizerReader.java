package dev.anvil.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anvil.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Reads the files of a tokenizer. */
final class TokenizerReader {
  static final String OPENAI = "bpe_simple_vocab_16e6.txt.gz";
  private static final String START = "<|startoftext|>";
  private static final String END = "<|endoftext|>";
  private static final int OPENAI_MERGES = 49152 - 256 - 2;
  private static final int LENGTH = 77;
  private static final int LONGEST = 1 << 20; // a longer model_max_length means that none is known

  private final String where;
  private final Function<String, Optional<Path>> files;

  private TokenizerReader(String where, Function<String, Optional<Path>> files) {
    this.where = where;
    this.files = files;
  }

  /**
   * Reads a tokenizer.
   *
   * @param where for problems
   * @param files finds a file by its name
   */
  static ClipTokenizer read(String where, Function<String, Optional<Path>> files)
      throws IOException {
    return new TokenizerReader(where, files).read();
  }

  private ClipTokenizer read() throws IOException {
    Optional<Path> whole = files.apply("tokenizer.json");
    Optional<Path> vocabulary = files.apply("vocab.json");
    Optional<Path> merges = files.apply("merges.txt");
    Optional<Path> openai = files.apply(OPENAI);
    if (whole.isPresent()) {
      JsonNode root = Documents.json(whole.get(), "a tokenizer");
      Map<String, Integer> ranks = ranks(root.path("model"), whole.get());
      Map<String, Integer> ids = ids(root.path("model").path("vocab"), whole.get());
      root.path("added_tokens")
          .forEach(t -> ids.put(t.path("content").asText(), t.path("id").asInt()));
      return tokenizer(new BytePairs(ids, ranks), END, root);
    }
    if (vocabulary.isPresent() && merges.isPresent()) {
      Map<String, Integer> ids =
          ids(Documents.json(vocabulary.get(), "a vocabulary"), vocabulary.get());
      List<String> lines =
          Files.readAllLines(merges.get()).stream()
              .filter(l -> !l.isBlank() && !l.startsWith("#version"))
              .toList();
      return tokenizer(new BytePairs(ids, BytePairs.ranks(lines)), END, MissingNode.getInstance());
    }
    if (openai.isPresent()) {
      return tokenizer(openai(openai.get()), "!", MissingNode.getInstance());
    }
    throw new InvalidInputException(
        where, "found no tokenizer.json, nor vocab.json with merges.txt; expected one of them");
  }

  private ClipTokenizer tokenizer(BytePairs pairs, String pad, JsonNode root) throws IOException {
    JsonNode config = optional("tokenizer_config.json");
    JsonNode map = optional("special_tokens_map.json");
    return new ClipTokenizer(
        pairs,
        new ClipTokenizer.Special(
            id(pairs, special(config, map, "bos_token").orElse(START)),
            id(pairs, special(config, map, "eos_token").orElse(END)),
            id(pairs, special(config, map, "unk_token").orElse(END)),
            id(pairs, special(config, map, "pad_token").orElse(pad)),
            length(config.path("model_max_length"), root.path("truncation").path("max_length"))),
        Normalisation.HUGGING_FACE);
  }

  private int length(JsonNode longest, JsonNode cut) {
    int length =
        longest.isNumber() && longest.doubleValue() <= LONGEST
            ? longest.intValue()
            : cut.asInt(LENGTH);
    if (length < 2) {
      throw new InvalidInputException(
          where, "found a model_max_length of %d; expected at least 2".formatted(length));
    }
    return length;
  }

  private int id(BytePairs pairs, String token) {
    return Optional.ofNullable(pairs.ids().get(token))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    where,
                    "found no token \"%s\" in the vocabulary; expected it".formatted(token)));
  }

  /** A special token is given as a text or as an object with its content. */
  private static Optional<String> special(JsonNode config, JsonNode map, String name) {
    for (JsonNode node : List.of(config.path(name), map.path(name))) {
      JsonNode content = node.isObject() ? node.path("content") : node;
      if (content.isTextual()) {
        return Optional.of(content.textValue());
      }
    }
    return Optional.empty();
  }

  private static Map<String, Integer> ids(JsonNode vocabulary, Path file) {
    if (!vocabulary.isObject() || vocabulary.isEmpty()) {
      throw new InvalidInputException(
          file.toString(), "found no vocabulary of token to id; expected CLIP's byte pairs");
    }
    Map<String, Integer> ids = new HashMap<>();
    vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    return ids;
  }

  /** Merges are texts of two pieces in older files, lists of two in newer ones. */
  private static Map<String, Integer> ranks(JsonNode model, Path file) {
    String type = model.path("type").asText("BPE");
    String suffix = model.path("end_of_word_suffix").asText("");
    if (!type.equals("BPE") || !suffix.equals(BytePairs.END_OF_WORD)) {
      throw new InvalidInputException(
          file.toString(),
          "found a %s tokenizer with words ending in \"%s\"; expected CLIP's BPE with \"%s\""
              .formatted(type, suffix, BytePairs.END_OF_WORD));
    }
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : model.path("merges")) {
      merges.add(
          merge.isArray() ? merge.path(0).asText() + " " + merge.path(1).asText() : merge.asText());
    }
    return BytePairs.ranks(merges);
  }

  /** OpenAI's file of merges, from which its vocabulary follows. */
  static BytePairs openai(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return BytePairs.ofMerges(
          lines.lines().skip(1).limit(OPENAI_MERGES).toList(), List.of(START, END));
    }
  }

  private JsonNode optional(String name) throws IOException {
    Optional<Path> file = files.apply(name);
    return file.isPresent()
        ? Documents.json(file.get(), "a part of a tokenizer")
        : MissingNode.getInstance();
  }
}
