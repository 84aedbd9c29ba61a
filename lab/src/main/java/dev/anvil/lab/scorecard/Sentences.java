package dev.anvil.lab.scorecard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Encodes every text once: worlds have the same pictures, so their sentences are the same. */
public final class Sentences implements Function<List<String>, float[][]> {
  private final Function<List<String>, float[][]> encoder;
  private final Map<String, float[]> known = new HashMap<>();

  public Sentences(Function<List<String>, float[][]> encoder) {
    this.encoder = encoder;
  }

  @Override
  public synchronized float[][] apply(List<String> texts) {
    List<String> missing =
        texts.stream().distinct().filter(text -> !known.containsKey(text)).toList();
    if (!missing.isEmpty()) {
      float[][] encoded = encoder.apply(missing);
      for (int i = 0; i < encoded.length; i++) {
        known.put(missing.get(i), encoded[i]);
      }
    }
    return texts.stream().map(known::get).toArray(float[][]::new);
  }
}
