package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.EmbedOutcome;
import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.SegmenterChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "embed",
    description = {
      "Write the embeddings of pictures and, with a CLIP pack, of texts in the" + " same space.",
      "Example: anvil embed a.jpg b.jpg --text \"a red car\" --encoder clip-vit-base-patch32 -o"
          + " e.csv"
    })
final class EmbedCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..*", paramLabel = "PICTURE", description = "Pictures to encode.")
  List<Path> pictures = List.of();

  @Option(names = "--campaign", description = "Encode the posts of the campaign imported last.")
  boolean campaign;

  @Option(names = "--text", paramLabel = "TEXT", description = "Encode a text; may be repeated.")
  List<String> texts = List.of();

  @Option(
      names = "--encoder",
      paramLabel = "PACK",
      description = "Model pack to encode with (default: ${DEFAULT-VALUE}).",
      defaultValue = BundledPack.NAME)
  String encoder;

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      description = "Also encode the largest element of these labels, with its size and position.")
  List<String> element = List.of();

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "File to write: .csv, .parquet, or .npy (the numbers alone).")
  Path output;

  @Override
  public Integer call() throws Exception {
    if (pictures.isEmpty() && !campaign && texts.isEmpty()) {
      throw new InvalidInputException("embed", "expected pictures, --campaign or --text");
    }
    try (Anvil anvil = common.open()) {
      EmbedOutcome outcome =
          common.run(
              anvil,
              new EmbedRequest(
                  pictures,
                  campaign
                      ? Optional.of(anvil.campaign(Optional.empty()).name())
                      : Optional.empty(),
                  texts,
                  EncoderChoice.parse(encoder),
                  element,
                  segmenter.choice().orElse(SegmenterChoice.BUNDLED),
                  output));
      common.print(
          outcome,
          "Wrote %d rows of %d columns to %s"
              .formatted(outcome.rows().size(), outcome.columns(), outcome.file()));
      if (!outcome.problems().isEmpty()) {
        throw new InvalidInputException(outcome.problems());
      }
      return 0;
    }
  }
}
