package dev.anvil.inside;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.View;
import dev.anvil.segment.Segmentation;
import dev.anvil.stats.Interval;
import dev.anvil.stats.StudentT;
import dev.anvil.store.EmbeddingStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Where in a picture the predicted score comes from, for any encoder (docs/method.md section 6).
 *
 * <p>Random parts are hidden many times and each picture is scored. The saliency of a pixel is the
 * least-squares slope of the score on its visibility: by how much the score rises, in standard
 * deviations of the target, when the pixel's surroundings go from hidden to visible while the rest
 * is hidden at random. This is RISE without the offset that makes its maps positive everywhere.
 *
 * <p>It is about the predictor, and about pictures with holes, which it never learned from; what
 * hides is a cell of the grid, so nothing finer is resolved. The element's mask that the encoder
 * looks at stays that of the whole picture.
 *
 * @param score of the whole picture
 * @param slopes one per pixel, row by row. Read only.
 * @param elements the same by element
 */
public record Saliency(
    int width, int height, double score, double[] slopes, List<OfElement> elements) {
  private static final double LEVEL = .95;

  public Saliency {
    requireNonNull(slopes, "slopes is null");
    elements = List.copyOf(elements);
  }

  /**
   * Saliency of one element; every pixel counts for the element that covers most of it.
   *
   * @param area share of the picture
   * @param mean slope of its pixels, with a 95 % interval over the random masks
   * @param share of the picture's absolute slopes; more than {@code area} means that the predictor
   *     looks here
   * @param hidden score of the whole picture minus that with just this element hidden
   */
  public record OfElement(String label, double area, Interval mean, double share, double hidden) {
    public OfElement {
      requireNonNull(label, "label is null");
      requireNonNull(mean, "mean is null");
    }
  }

  /**
   * How pictures are hidden.
   *
   * @param masks number of random masks, 20 or more
   * @param cells of the grid across and down
   * @param visible share of cells that stay visible
   */
  public record Settings(int masks, int cells, double visible, long seed) {
    public Settings {
      if (masks < 20 || cells < 2 || !(visible > 0 && visible < 1)) {
        throw new InvalidInputException(
            "saliency",
            "found %d masks of %d cells, %s visible; expected 20 or more of 2 or more, between 0 and 1"
                .formatted(masks, cells, visible));
      }
    }

    /** Half of 8 times 8 cells. */
    public static Settings standard(int masks, long seed) {
      return new Settings(masks, 8, .5, seed);
    }
  }

  /**
   * Looks for what matters in a picture.
   *
   * @param view the picture with the mask of its main element
   * @param score embeddings to scores
   * @param threads that prepare pictures, and that call the network
   */
  public static Saliency of(
      View view,
      Segmentation segmentation,
      Encoder encoder,
      Function<float[][], double[]> score,
      Settings settings,
      int threads,
      RunContext context) {
    HiddenParts parts =
        new HiddenParts(view.picture(), settings.cells(), settings.visible(), settings.seed());
    Parts elements = Parts.of(segmentation);
    List<EncodingItem> items = new ArrayList<>();
    items.add(item(items.size(), step -> view));
    for (int e = 0; e < elements.count(); e++) {
      int element = e;
      items.add(item(items.size(), step -> hidden(view, parts, elements.without(element))));
    }
    for (int m = 0; m < settings.masks(); m++) {
      int mask = m;
      items.add(item(items.size(), step -> hidden(view, parts, parts.visibility(mask))));
    }
    float[][] embeddings =
        new EncodingPipeline(
                encoder, EmbeddingStore.NONE, new EncodingPipeline.Settings(threads, threads, 8))
            .encode(items, context)
            .orThrow();
    double[] scores = score.apply(embeddings);
    double[] ofMasks = Arrays.copyOfRange(scores, elements.count() + 1, scores.length);
    Slopes slopes = Slopes.of(parts, ofMasks);
    List<OfElement> found = new ArrayList<>();
    double all = Arrays.stream(slopes.slopes()).map(Math::abs).sum();
    for (int e = 0; e < elements.count(); e++) {
      int[] pixels = elements.pixels().get(e);
      double own = Arrays.stream(pixels).mapToDouble(i -> Math.abs(slopes.slopes()[i])).sum();
      found.add(
          new OfElement(
              elements.labels().get(e),
              pixels.length / (double) slopes.slopes().length,
              slopes.mean(pixels),
              all > 0 ? own / all : 0,
              scores[0] - scores[1 + e]));
    }
    return new Saliency(
        view.picture().width(), view.picture().height(), scores[0], slopes.slopes(), found);
  }

  private static EncodingItem item(int number, EncodingItem.ViewSource source) {
    return new EncodingItem("hidden " + number, "the picture in part", source);
  }

  private static View hidden(View view, HiddenParts parts, float[] visibility) {
    return new View(parts.seen(visibility), view.element());
  }

  /** Elements with at least one pixel of their own. */
  private record Parts(List<String> labels, List<int[]> pixels, int size) {
    static Parts of(Segmentation segmentation) {
      int[] map = segmentation.labelMap();
      List<String> labels = new ArrayList<>();
      List<int[]> pixels = new ArrayList<>();
      for (int e = 0; e < segmentation.elements().size(); e++) {
        int element = e;
        int[] own = IntStream.range(0, map.length).filter(i -> map[i] == element).toArray();
        if (own.length > 0) {
          labels.add(segmentation.elements().get(e).label());
          pixels.add(own);
        }
      }
      return new Parts(labels, pixels, map.length);
    }

    int count() {
      return labels.size();
    }

    float[] without(int element) {
      float[] visibility = new float[size];
      Arrays.fill(visibility, 1);
      for (int i : pixels.get(element)) {
        visibility[i] = 0;
      }
      return visibility;
    }
  }

  /**
   * Slopes with what their means over pixels vary by.
   *
   * @param deviations of the scores from their mean, one per mask
   * @param means of each pixel's visibility
   * @param squares sums of squared deviations of each pixel's visibility
   */
  private record Slopes(
      HiddenParts parts, double[] deviations, double[] means, double[] squares, double[] slopes) {
    static Slopes of(HiddenParts parts, double[] scores) {
      double mean = Arrays.stream(scores).average().orElseThrow();
      double[] deviations = Arrays.stream(scores).map(s -> s - mean).toArray();
      int size = parts.picture().width() * parts.picture().height();
      double[] sums = new double[size];
      double[] squares = new double[size];
      double[] products = new double[size];
      for (int m = 0; m < scores.length; m++) {
        float[] visibility = parts.visibility(m);
        for (int i = 0; i < size; i++) {
          sums[i] += visibility[i];
          squares[i] += visibility[i] * visibility[i];
          products[i] += deviations[m] * visibility[i];
        }
      }
      for (int i = 0; i < size; i++) {
        sums[i] /= scores.length;
        squares[i] -= scores.length * sums[i] * sums[i];
        products[i] = squares[i] > 1e-9 ? products[i] / squares[i] : 0;
      }
      return new Slopes(parts, deviations, sums, squares, products);
    }

    /** The mean slope of some pixels, as a sum over masks whose terms vary independently. */
    Interval mean(int[] pixels) {
      int masks = deviations.length;
      double[] terms = new double[masks];
      double sum = 0;
      for (int m = 0; m < masks; m++) {
        float[] visibility = parts.visibility(m);
        double weight = 0;
        for (int i : pixels) {
          weight += squares[i] > 1e-9 ? (visibility[i] - means[i]) / squares[i] : 0;
        }
        terms[m] = deviations[m] * weight / pixels.length;
        sum += terms[m];
      }
      double variance = 0;
      for (double term : terms) {
        variance += (term - sum / masks) * (term - sum / masks);
      }
      double reach =
          Math.sqrt(variance * masks / (masks - 1))
              * new StudentT(masks - 1).quantile((1 + LEVEL) / 2);
      return new Interval(sum - reach, sum, sum + reach, LEVEL);
    }
  }
}
