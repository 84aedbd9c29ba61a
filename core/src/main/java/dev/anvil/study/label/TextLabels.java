package dev.anvil.study.label;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.encode.TextEncoder;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which of several descriptions a picture looks most like, by an encoder with a text tower: the one
 * whose direction is nearest to the picture's.
 */
public final class TextLabels {
  private static final List<String> TEMPLATES = List.of("%s", "a photo of %s");

  /** What a picture may show instead where no other description is given. */
  private static final List<String> ANYTHING_ELSE = List.of("something else", "an empty scene");

  private final TextEncoder texts;
  private final Function<List<Post>, float[][]> pictures;

  /**
   * @param pictures embeddings of posts, one row each; the block that texts share comes first
   */
  public TextLabels(TextEncoder texts, Function<List<Post>, float[][]> pictures) {
    this.texts = requireNonNull(texts, "texts is null");
    this.pictures = requireNonNull(pictures, "pictures is null");
  }

  /**
   * Whether each post looks more like one description than like all others.
   *
   * @param others may be empty
   */
  boolean[] find(String wanted, List<String> others, List<Post> posts) {
    List<double[]> directions =
        Stream.concat(Stream.of(wanted), (others.isEmpty() ? ANYTHING_ELSE : others).stream())
            .map(this::direction)
            .toList();
    float[][] rows = pictures.apply(posts);
    boolean[] found = new boolean[rows.length];
    for (int i = 0; i < found.length; i++) {
      float[] row = rows[i];
      double own = dot(row, directions.get(0));
      found[i] = directions.stream().skip(1).allMatch(other -> own > dot(row, other));
    }
    return found;
  }

  /** Mean over the templates, of length 1. */
  private double[] direction(String text) {
    float[][] rows = texts.encode(TEMPLATES.stream().map(t -> t.formatted(text)).toList());
    double[] sum = new double[texts.dimension()];
    double squares = 0;
    for (int k = 0; k < sum.length; k++) {
      for (float[] row : rows) {
        sum[k] += row[k];
      }
      squares += sum[k] * sum[k];
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] /= Math.sqrt(squares);
    }
    return sum;
  }

  private static double dot(float[] picture, double[] direction) {
    double sum = 0;
    for (int k = 0; k < direction.length; k++) {
      sum += picture[k] * direction[k];
    }
    return sum;
  }
}
