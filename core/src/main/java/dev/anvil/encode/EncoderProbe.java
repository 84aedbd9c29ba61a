package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.ProbePictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Shows an encoder pictures made for this: its embeddings must be finite, differ from picture to
 * picture, and not depend on the other pictures of a batch.
 */
public final class EncoderProbe {
  /** Cosine above which two embeddings of one picture are the same but for rounding. */
  private static final double SAME = .9999;

  /** Relative distance below which the embeddings of two pictures are one constant. */
  private static final double CONSTANT = 1e-6;

  private EncoderProbe() {}

  /** What is wrong with an encoder; nothing when it is sound. */
  public static List<Problem> problems(Encoder encoder) {
    List<Encoder.Prepared> prepared =
        ProbePictures.ALL.values().stream()
            .map(p -> encoder.prepare(new View(p, Optional.empty())))
            .toList();
    float[][] alone = new float[prepared.size()][];
    for (int i = 0; i < alone.length; i++) {
      alone[i] = encoder.infer(List.of(prepared.get(i)), RunContext.NONE)[0];
    }
    List<String> names = List.copyOf(ProbePictures.ALL.keySet());
    List<Problem> problems = new ArrayList<>();
    EmbeddingCheck check = new EmbeddingCheck(encoder);
    for (int i = 0; i < alone.length; i++) {
      String name = names.get(i);
      check.problem(alone[i]).ifPresent(p -> problems.add(new Problem(name, p)));
    }
    if (!problems.isEmpty()) {
      return problems;
    }
    int whole = encoder.blocks().get(0).length();
    float[][] wholes =
        Arrays.stream(alone).map(r -> Arrays.copyOf(r, whole)).toArray(float[][]::new);
    if (isConstant(wholes)) {
      return List.of(
          new Problem(
              encoder.id(),
              "found the same embedding for %s; expected another for each. The network does not look at the picture, so nothing can be learned from it"
                  .formatted(String.join(", ", names))));
    }
    float[][] together = encoder.infer(prepared, RunContext.NONE);
    for (int i = 0; i < alone.length; i++) {
      double cosine = cosine(wholes[i], Arrays.copyOf(together[i], whole));
      if (!(cosine >= SAME)) {
        problems.add(
            new Problem(
                names.get(i),
                "found that %s gives another embedding beside other pictures than alone (cosine %.5f); expected the same. Export the network for evaluation, not for training"
                    .formatted(encoder.id(), cosine)));
      }
    }
    return problems;
  }

  /**
   * What is wrong with an encoder of texts; nothing when it is sound.
   *
   * @param texts of different meaning, at least two
   */
  public static List<Problem> problems(TextEncoder encoder, List<String> texts) {
    float[][] rows = encoder.encode(texts);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      for (float value : rows[i]) {
        if (!Float.isFinite(value)) {
          problems.add(
              new Problem(
                  "text \"%s\"".formatted(texts.get(i)),
                  "found that %s gives values that are no finite numbers for it; expected an embedding"
                      .formatted(encoder.id())));
          break;
        }
      }
    }
    if (problems.isEmpty() && isConstant(rows)) {
      problems.add(
          new Problem(
              encoder.id(),
              "found the same embedding for %d different texts; expected another for each"
                  .formatted(rows.length)));
    }
    return problems;
  }

  /**
   * Refuses an encoder that does not look at pictures, where embeddings make one think so.
   *
   * @param rows embeddings of different pictures
   * @throws InvalidInputException when they are all the same, and those of other pictures are too
   */
  public static void requireVariation(Encoder encoder, float[][] rows) {
    int whole = encoder.blocks().get(0).length();
    float[][] wholes =
        Arrays.stream(rows).map(r -> Arrays.copyOf(r, whole)).toArray(float[][]::new);
    if (rows.length > 0 && isConstant(wholes)) {
      List<Problem> problems = problems(encoder);
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
    }
  }

  private static boolean isConstant(float[][] rows) {
    return Arrays.stream(rows).allMatch(row -> distance(rows[0], row) <= CONSTANT);
  }

  /** Largest difference, relative to the largest value. */
  private static double distance(float[] a, float[] b) {
    double most = 0;
    double scale = Float.MIN_NORMAL;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs((double) a[i] - b[i]));
      scale = Math.max(scale, Math.abs(a[i]));
    }
    return most / scale;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      ofA += (double) a[i] * a[i];
      ofB += (double) b[i] * b[i];
    }
    return ofA == 0 && ofB == 0 ? 1 : dot / Math.sqrt(ofA * ofB);
  }
}
