package dev.anvil.encode;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.packs.ModelStore;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which of several texts a picture looks most like: the one whose embedding has the largest
 * cosine with the picture's (Radford et al. 2021, "Learning Transferable Visual Models From Natural
 * Language Supervision", section 3.1). Safe for use from several threads.
 */
public final class ZeroShot implements AutoCloseable {
  private final Encoder pictures;
  private final TextEncoder texts;
  private final Map<String, float[]> known = new ConcurrentHashMap<>();

  private ZeroShot(Encoder pictures, TextEncoder texts) {
    this.pictures = requireNonNull(pictures, "pictures is null");
    this.texts = requireNonNull(texts, "texts is null");
  }

  /**
   * Loads both towers of a pack or provider.
   *
   * @param threads within one call of a network
   * @throws InvalidInputException when there is none of that name, or it has no text tower
   */
  public static ZeroShot open(ModelStore models, String name, int threads) throws IOException {
    TextEncoder texts = Encoders.openText(models, name, threads);
    try {
      return new ZeroShot(Encoders.open(models, name, false, threads), texts);
    } catch (IOException | RuntimeException e) {
      texts.close();
      throw e;
    }
  }

  /** Names the networks and, by hash, their weights. */
  public String id() {
    return pictures.id() + " " + texts.id();
  }

  /**
   * The text that a picture looks most like.
   *
   * @param candidates at least one; of equals, the first
   */
  public String nearest(Picture picture, List<String> candidates, RunContext context) {
    float[] seen =
        pictures.infer(List.of(pictures.prepare(new View(picture, Optional.empty()))), context)[0];
    return candidates.stream()
        .max(Comparator.comparingDouble(text -> cosine(seen, embedding(text))))
        .orElseThrow(() -> new IllegalArgumentException("found no text; expected at least one"));
  }

  private float[] embedding(String text) {
    return known.computeIfAbsent(text, t -> texts.encode(List.of(t))[0]);
  }

  /** Of vectors of length 1; the picture's come first in its embedding. */
  private static double cosine(float[] picture, float[] text) {
    double sum = 0;
    for (int k = 0; k < text.length; k++) {
      sum += picture[k] * text[k];
    }
    return sum;
  }

  @Override
  public void close() {
    pictures.close();
    texts.close();
  }
}
