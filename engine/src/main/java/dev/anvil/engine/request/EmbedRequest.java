package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.EmbedOutcome;
import dev.anvil.report.EmbeddingTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Write embeddings of pictures, and of texts in the same space.
 *
 * @param pictures files
 * @param campaign whose posts are encoded too; empty for none
 * @param texts to encode too; needs an encoder with a text tower
 * @param encoder that encodes
 * @param element labels of which the largest one found is encoded too; empty for the whole picture
 *     only
 * @param segmenter that finds it
 * @param output file to write: .csv, .parquet, or .npy (the numbers alone)
 */
public record EmbedRequest(
    List<Path> pictures,
    Optional<String> campaign,
    List<String> texts,
    EncoderChoice encoder,
    List<String> element,
    SegmenterChoice segmenter,
    Path output)
    implements Request<EmbedOutcome> {
  public static final String JOB = "embed";

  public EmbedRequest {
    pictures = pictures.stream().map(Paths::absolute).toList();
    campaign = campaign == null ? Optional.empty() : campaign;
    texts = texts == null ? List.of() : List.copyOf(texts);
    encoder = encoder == null ? EncoderChoice.BUNDLED : encoder;
    element = element == null ? List.of() : List.copyOf(element);
    segmenter = segmenter == null ? SegmenterChoice.BUNDLED : segmenter;
    output = absolute(output);
    if (pictures.isEmpty() && campaign.isEmpty() && texts.isEmpty()) {
      throw new InvalidInputException(
          "embed", "found nothing; expected pictures, a campaign or texts");
    }
    EmbeddingTable.requireFormat(output);
  }

  @Override
  public String job() {
    return JOB;
  }
}
