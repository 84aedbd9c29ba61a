package dev.anvil.cli;

import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.SegmenterChoice;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose a segmenter. */
final class SegmenterOptions {
  @Option(
      names = "--segmenter",
      paramLabel = "PACK",
      description =
          "Model pack that finds the elements (default: "
              + BundledPack.NAME
              + "; in a study that of its model).")
  Optional<String> pack = Optional.empty();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "semantic, instance or panoptic, for packs that do several.")
  Optional<String> task = Optional.empty();

  /** What was asked for; empty when nothing was. */
  Optional<SegmenterChoice> choice() {
    return pack.isEmpty() && task.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SegmenterChoice(pack.orElse(BundledPack.NAME), task.map(SegmenterChoice::task)));
  }
}
