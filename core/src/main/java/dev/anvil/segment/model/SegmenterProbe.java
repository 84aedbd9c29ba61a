package dev.anvil.segment.model;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.ProbePictures;
import dev.anvil.onnx.Outputs;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.Segmenter;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows a segmenter pictures made for this: what its networks give must be finite numbers, and must
 * differ from picture to picture. Elements are not compared, since there may be none.
 */
public final class SegmenterProbe {
  private SegmenterProbe() {}

  /**
   * What is wrong with the networks of a pack; nothing when they are sound.
   *
   * @throws InvalidInputException when the pack has no segmenter, or it cannot be opened
   */
  public static List<Problem> problems(ModelPack pack) throws IOException {
    if (Segmenters.isPrompted(pack)) {
      try (PromptedSegmenter segmenter = Segmenters.openPrompted(pack, 1)) {
        return problems(segmenter.id(), segmenter);
      }
    }
    try (Segmenter segmenter = Segmenters.open(pack, Segmenters.Options.DEFAULT, 1)) {
      return problems(segmenter.id(), segmenter);
    }
  }

  /**
   * Refuses a segmenter that does not look at pictures, where its elements make one think so.
   *
   * @param found what was found in different pictures
   * @throws InvalidInputException when it is the same in all, and so is what the networks give for
   *     other pictures
   */
  public static void requireVariation(Segmenter segmenter, Collection<?> found) {
    if (found.size() > 1 && Set.copyOf(found).size() == 1) {
      List<Problem> problems = problems(segmenter.id(), segmenter);
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
    }
  }

  private static List<Problem> problems(String id, Object segmenter) {
    return segmenter instanceof Answering answering ? problems(id, answering) : List.of();
  }

  private static List<Problem> problems(String id, Answering segmenter) {
    try {
      return Outputs.constant(
          id,
          ProbePictures.ALL.values().stream()
              .map(picture -> segmenter.answer(picture, RunContext.NONE))
              .collect(Collectors.toList()));
    } catch (InvalidInputException e) {
      return e.problems();
    }
  }
}
