package dev.anvil.segment.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.Segmenter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Opens the segmenter of a model pack, whatever kind it is (docs/model-contracts.md section 4). */
public final class Segmenters {
  private static final Set<PackKind> WHOLE =
      Set.of(
          PackKind.ANVIL,
          PackKind.ONEFORMER,
          PackKind.MASK2FORMER,
          PackKind.MASKFORMER,
          PackKind.DETR,
          PackKind.SEGFORMER,
          PackKind.FOREGROUND);
  private static final Set<PackKind> PROMPTED = Set.of(PackKind.CLIPSEG, PackKind.SAM);

  private Segmenters() {}

  /** How queries become segments that do not overlap (docs/model-contracts.md section 4.2). */
  public enum Rule {
    /** As OneFormer's authors do it: masks end where the network is less than half sure. */
    SHI_LABS,
    /** As the transformers library does it: every pixel has an owner. */
    HUGGING_FACE
  }

  /**
   * What is taken for an element; each segmenter heeds what it knows.
   *
   * @param task empty for the one that the pack does best
   * @param threshold least probability of a query's class, 0 to 1
   * @param overlap least share of the pixels that a query claims which it must own, 0 to 1
   * @param leastArea smaller elements are left out; a share of the picture
   */
  public record Options(
      Optional<SegmentationTask> task,
      Rule rule,
      double threshold,
      double overlap,
      double leastArea) {
    public static final Options DEFAULT =
        new Options(Optional.empty(), Rule.SHI_LABS, .5, .8, .0005);

    public Options {
      requireNonNull(task, "task is null");
      requireNonNull(rule, "rule is null");
    }

    /** The same with another task. */
    public Options with(SegmentationTask other) {
      return new Options(Optional.of(other), rule, threshold, overlap, leastArea);
    }

    /** The same with another rule. */
    public Options with(Rule other) {
      return new Options(task, other, threshold, overlap, leastArea);
    }

    /** Everything that shapes a result, as part of an id. */
    String text(SegmentationTask chosen) {
      return String.join(
          "-",
          chosen.text(),
          rule.name().toLowerCase(Locale.ROOT),
          Double.toString(threshold),
          Double.toString(overlap),
          Double.toString(leastArea));
    }
  }

  /**
   * A segmenter that finds everything that it knows in a picture.
   *
   * @param threads within one call of a network
   * @throws InvalidInputException when the pack has no such network, when its inputs or outputs are
   *     others, or when it does not do the task
   */
  public static Segmenter open(ModelPack pack, Options options, int threads) throws IOException {
    return switch (pack.manifest().kind()) {
      case ANVIL -> {
        task(pack, options, List.of(SegmentationTask.INSTANCE));
        yield new DetectorSegmenter(
            Detector.open(pack, threads), DetectorSegmenter.Settings.DEFAULT);
      }
      case ONEFORMER, MASK2FORMER, MASKFORMER, DETR -> QuerySegmenter.open(pack, options, threads);
      case SEGFORMER -> ClassSegmenter.open(pack, options, threads);
      case FOREGROUND -> ForegroundSegmenter.open(pack, options, threads);
      default -> throw refuse(pack, WHOLE, PROMPTED, "; that one needs a text, a point or a box");
    };
  }

  /**
   * A segmenter that finds the one element that a prompt points at.
   *
   * @param threads within one call of a network
   * @throws InvalidInputException when the pack has no such network, or when its inputs or outputs
   *     are others
   */
  public static PromptedSegmenter openPrompted(ModelPack pack, int threads) throws IOException {
    return switch (pack.manifest().kind()) {
      case CLIPSEG -> TextSegmenter.open(pack, threads);
      case SAM -> SpotSegmenter.open(pack, threads);
      default -> throw refuse(pack, PROMPTED, WHOLE, "; that one finds elements by itself");
    };
  }

  /** Whether a pack's segmenter needs a prompt. */
  static boolean isPrompted(ModelPack pack) {
    return PROMPTED.contains(pack.manifest().kind());
  }

  /**
   * The task to do.
   *
   * @param able tasks that the pack does, the best first
   */
  static SegmentationTask task(ModelPack pack, Options options, List<SegmentationTask> able) {
    SegmentationTask task = options.task().orElse(able.get(0));
    if (!able.contains(task)) {
      throw new InvalidInputException(
          "task",
          "found %s for %s, which is a pack of kind %s; expected %s"
              .formatted(
                  task.text(),
                  pack.manifest().name(),
                  pack.manifest().kind().text(),
                  able.stream().map(SegmentationTask::text).toList()));
    }
    return task;
  }

  private static InvalidInputException refuse(
      ModelPack pack, Set<PackKind> expected, Set<PackKind> others, String hint) {
    PackKind kind = pack.manifest().kind();
    return new InvalidInputException(
        pack.folder().toString(),
        "found a pack of kind %s; expected one of %s%s"
            .formatted(
                kind.text(),
                expected.stream().map(PackKind::text).sorted().toList(),
                others.contains(kind) ? hint : ""));
  }
}
