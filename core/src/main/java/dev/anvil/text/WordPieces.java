package dev.anvil.text;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns a text into the token ids of an uncased BERT, as Hugging Face's tokenizer does, id for id:
 * words and punctuation apart, accents and case taken off, each word cut greedily into the longest
 * pieces that the vocabulary has.
 */
public final class WordPieces {
  private static final int LONGEST_WORD = 100;
  private static final String CONTINUED = "##";

  private final Map<String, Integer> vocabulary;

  private WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Reads a {@code tokenizer.json}.
   *
   * @param where names it in messages
   * @throws InvalidInputException when it is of another kind
   */
  public static WordPieces read(InputStream json, String where) throws IOException {
    JsonNode root = new ObjectMapper().readTree(requireNonNull(json, where + " is missing"));
    String kind = root.path("model").path("type").asText();
    if (!kind.equals("WordPiece") || !root.path("normalizer").path("lowercase").asBoolean()) {
      throw new InvalidInputException(
          where, "found a tokenizer \"%s\"; expected an uncased WordPiece".formatted(kind));
    }
    Map<String, Integer> vocabulary = new HashMap<>();
    root.path("model")
        .path("vocab")
        .properties()
        .forEach(e -> vocabulary.put(e.getKey(), e.getValue().asInt()));
    for (String special : List.of("[CLS]", "[SEP]", "[UNK]")) {
      if (!vocabulary.containsKey(special)) {
        throw new InvalidInputException(where, "has no token " + special + "; expected one");
      }
    }
    return new WordPieces(vocabulary);
  }

  /**
   * Ids with those of start and end around them.
   *
   * @param most ids in all; a longer text is cut
   */
  public int[] ids(String text, int most) {
    List<Integer> ids = new ArrayList<>();
    ids.add(vocabulary.get("[CLS]"));
    for (String word : words(text)) {
      ids.addAll(pieces(word));
    }
    int[] out = ids.stream().limit(most - 1L).mapToInt(Integer::intValue).toArray();
    int[] ended = Arrays.copyOf(out, out.length + 1);
    ended[out.length] = vocabulary.get("[SEP]");
    return ended;
  }

  /** A text's words and marks, lower case and without accents. */
  static List<String> words(String text) {
    String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    plain
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .filter(c -> c != 0 && c != 0xfffd)
        .forEach(
            c -> {
              if (isSpace(c)) {
                end(word, words);
              } else if (isMark(c) || Character.isIdeographic(c)) {
                end(word, words);
                words.add(Character.toString(c));
              } else if (!isControl(c)) {
                word.appendCodePoint(c);
              }
            });
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** Punctuation, and whatever else of ASCII is no letter, digit or space. */
  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    };
  }

  private List<Integer> pieces(String word) {
    List<Integer> unknown = List.of(vocabulary.get("[UNK]"));
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      return unknown;
    }
    List<Integer> pieces = new ArrayList<>();
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer found = null;
      while (to > from && found == null) {
        found = vocabulary.get((from > 0 ? CONTINUED : "") + word.substring(from, to));
        to -= found == null ? 1 : 0;
      }
      if (found == null) {
        return unknown;
      }
      pieces.add(found);
      from = to;
    }
    return pieces;
  }
}
