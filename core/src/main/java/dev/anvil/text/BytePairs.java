package dev.anvil.text;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts words into the pieces of a vocabulary by merging the bytes that were most often side by side
 * in the training texts (byte pair encoding, docs/model-contracts.md section 2.5, steps 3 and 4).
 *
 * @param ids piece to id
 * @param ranks two pieces with a space between them to the order in which they are merged
 */
record BytePairs(Map<String, Integer> ids, Map<String, Integer> ranks) {
  static final String END_OF_WORD = "</w>";
  private static final String[] SYMBOLS = symbols();

  BytePairs {
    requireNonNull(ids, "ids is null");
    requireNonNull(ranks, "ranks is null");
  }

  /** The vocabulary that follows from merges: bytes, bytes that end a word, merged pieces. */
  static BytePairs ofMerges(List<String> merges, List<String> special) {
    List<String> bytes = byteOrder().stream().map(b -> SYMBOLS[b]).toList();
    List<String> pieces = new ArrayList<>(bytes);
    bytes.forEach(b -> pieces.add(b + END_OF_WORD));
    merges.forEach(m -> pieces.add(m.replace(" ", "")));
    pieces.addAll(special);
    Map<String, Integer> ids = new LinkedHashMap<>();
    pieces.forEach(p -> ids.put(p, ids.size()));
    return new BytePairs(ids, ranks(merges));
  }

  /** The order of merges that are given as texts of two pieces with a space between them. */
  static Map<String, Integer> ranks(List<String> merges) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    merges.forEach(m -> ranks.putIfAbsent(m, ranks.size()));
    return ranks;
  }

  /**
   * The ids of a word's pieces; a piece that the vocabulary does not have is the unknown one.
   *
   * @param unknown id of pieces without an id
   */
  List<Integer> encode(String word, int unknown) {
    return pieces(word).stream().map(p -> ids.getOrDefault(p, unknown)).toList();
  }

  private List<String> pieces(String word) {
    List<String> pieces = new ArrayList<>();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      pieces.add(SYMBOLS[b & 255]);
    }
    pieces.set(pieces.size() - 1, pieces.get(pieces.size() - 1) + END_OF_WORD);
    for (Optional<String> pair = first(pieces); pair.isPresent(); pair = first(pieces)) {
      merge(pieces, pair.get());
    }
    return pieces;
  }

  /** The neighbours that are merged first of all; empty when none are merged. */
  private Optional<String> first(List<String> pieces) {
    int best = Integer.MAX_VALUE;
    String pair = null;
    for (int i = 0; i + 1 < pieces.size(); i++) {
      String neighbours = pieces.get(i) + " " + pieces.get(i + 1);
      int rank = ranks.getOrDefault(neighbours, Integer.MAX_VALUE);
      if (rank < best) {
        best = rank;
        pair = neighbours;
      }
    }
    return Optional.ofNullable(pair);
  }

  private static void merge(List<String> pieces, String pair) {
    for (int i = 0; i + 1 < pieces.size(); i++) {
      if (pair.equals(pieces.get(i) + " " + pieces.get(i + 1))) {
        pieces.set(i, pieces.get(i) + pieces.remove(i + 1));
      }
    }
  }

  /** A printable character for each byte: itself where it is one, else one from U+0100 on. */
  private static String[] symbols() {
    String[] symbols = new String[256];
    int next = 256;
    for (int b = 0; b < 256; b++) {
      symbols[b] = Character.toString(isPrintable(b) ? b : next++);
    }
    return symbols;
  }

  /** The bytes in their order in a vocabulary: printable ones first. */
  private static List<Integer> byteOrder() {
    List<Integer> order = new ArrayList<>();
    for (boolean printable : new boolean[] {true, false}) {
      for (int b = 0; b < 256; b++) {
        if (isPrintable(b) == printable) {
          order.add(b);
        }
      }
    }
    return order;
  }

  private static boolean isPrintable(int b) {
    return (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
  }
}
