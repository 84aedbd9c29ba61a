package dev.anvil.segment.post;

import static java.util.Objects.requireNonNull;

import dev.anvil.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network of queries says of one picture: of each query what it is, and where.
 *
 * @param classes probabilities by query and class; the last class is "nothing"
 * @param masks logits of one plane for each query
 */
public record Queries(float[][] classes, Maps masks) {
  public Queries {
    requireNonNull(masks, "masks is null");
    if (classes.length != masks.count()) {
      throw new IllegalArgumentException(
          "found %d queries and %d masks".formatted(classes.length, masks.count()));
    }
  }

  /**
   * From a network's outputs.
   *
   * @param logits [1, queries, classes + 1]
   * @param masks [1, queries, height, width]
   */
  public static Queries of(Tensor logits, Tensor masks) {
    int rank = logits.shape().size();
    int classes = logits.dim(rank - 1);
    float[] values = logits.toArray();
    float[][] out = new float[logits.dim(rank - 2)][];
    for (int q = 0; q < out.length; q++) {
      out[q] = softmax(values, q * classes, classes);
    }
    return new Queries(out, Maps.of(masks));
  }

  /** Number of classes without "nothing". */
  public int classCount() {
    return classes[0].length - 1;
  }

  /** The same queries with masks interpolated to another size. */
  public Queries withMasksOf(int width, int height) {
    return new Queries(classes, masks.resized(width, height));
  }

  /**
   * A query taken for a class.
   *
   * @param score the class's probability
   */
  record Candidate(int query, int label, float score) {}

  /** The queries whose best class is not "nothing" and better than the threshold, in order. */
  List<Candidate> candidates(double threshold) {
    List<Candidate> out = new ArrayList<>();
    for (int q = 0; q < classes.length; q++) {
      int best = 0;
      for (int c = 1; c < classes[q].length; c++) {
        best = classes[q][c] > classes[q][best] ? c : best;
      }
      if (best < classCount() && classes[q][best] > threshold) {
        out.add(new Candidate(q, best, classes[q][best]));
      }
    }
    return out;
  }

  /**
   * As many pairs of query and class as there are queries, the best scored ones of all, worst
   * first; "nothing" is no class here.
   */
  List<Candidate> best() {
    List<Candidate> all = new ArrayList<>();
    for (int q = 0; q < classes.length; q++) {
      for (int c = 0; c < classCount(); c++) {
        all.add(new Candidate(q, c, classes[q][c]));
      }
    }
    all.sort((a, b) -> Float.compare(a.score, b.score));
    return all.subList(Math.max(0, all.size() - classes.length), all.size());
  }

  private static float[] softmax(float[] logits, int from, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < count; c++) {
      max = Math.max(max, logits[from + c]);
    }
    double sum = 0;
    double[] powers = new double[count];
    for (int c = 0; c < count; c++) {
      powers[c] = Math.exp(logits[from + c] - max);
      sum += powers[c];
    }
    float[] out = new float[count];
    for (int c = 0; c < count; c++) {
      out[c] = (float) (powers[c] / sum);
    }
    return out;
  }
}
