package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.TextEncoder;
import dev.anvil.encode.View;
import dev.anvil.image.PictureReader;
import dev.anvil.report.EmbeddingTable;
import dev.anvil.report.EmbeddingTable.Row;
import dev.anvil.segment.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "embed",
    description = {
      "Write the embeddings of pictures, and with a CLIP pack of texts in the same space.",
      "Example: anvil embed a.jpg b.jpg --text \"a red car\" --encoder clip-vit-base-patch32 -o"
          + " e.csv"
    })
final class EmbedCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..*", paramLabel = "PICTURE", description = "Pictures to encode.")
  List<Path> pictures = List.of();

  @Option(names = "--campaign", description = "Encode the posts of the campaign imported last.")
  boolean campaign;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Encode a text; may be given several times.")
  List<String> texts = List.of();

  @Option(
      names = "--encoder",
      paramLabel = "PACK",
      description = "Model pack to encode with (default: ${DEFAULT-VALUE}).",
      defaultValue = Session.PACK)
  String encoder;

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      description = "Also encode the largest element of these labels, with its size and place.")
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
    EmbeddingTable.requireFormat(output);
    EncoderChoice choice = EncoderChoice.parse(encoder);
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      List<Row> rows = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      if (!pictures.isEmpty() || campaign) {
        session.use(choice);
        columns.addAll(columns(session.encoder().blocks()));
        rows.addAll(ofPictures(session));
      }
      if (!texts.isEmpty()) {
        ofTexts(session, choice, rows, columns);
      }
      EmbeddingTable.write(output, columns, rows);
      common.print(
          Map.of(
              "file",
              output.toString(),
              "columns",
              columns.size(),
              "rows",
              rows.stream().map(Row::name).toList()),
          "Wrote %d rows of %d columns to %s".formatted(rows.size(), columns.size(), output));
      return 0;
    }
  }

  private List<Row> ofPictures(Session session) throws IOException {
    List<Post> posts = new ArrayList<>();
    for (Path picture : pictures) {
      posts.add(
          new Post(
              picture.toString(),
              Sha256.of(picture),
              picture,
              LocalDateTime.MIN,
              Map.of(),
              Map.of()));
    }
    if (campaign) {
      posts.addAll(session.campaign().posts());
    }
    float[][] embeddings =
        element.isEmpty()
            ? whole(session, posts)
            : new CampaignEncoder(session.pipeline(), session.segmentations(), new Subject(element))
                .encode(posts, common.context());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < embeddings.length; i++) {
      float[] row = Arrays.copyOf(embeddings[i], width(session.encoder()));
      rows.add(new Row("picture", posts.get(i).id(), row));
    }
    return rows;
  }

  private float[][] whole(Session session, List<Post> posts) throws IOException {
    return session
        .pipeline()
        .encode(
            posts.stream()
                .map(
                    p ->
                        new EncodingItem(
                            EncodingItem.key(p.creative(), ""),
                            p.picture().toString(),
                            step ->
                                new View(
                                    PictureReader.DEFAULT.read(p.picture(), p.creative()), Optional.empty())))
                .toList(),
            common.context())
        .orThrow();
  }

  private void ofTexts(Session session, EncoderChoice choice, List<Row> rows, List<String> columns)
      throws IOException {
    try (TextEncoder encoder = choice.openText(session.models(), common.threads);
        Phase phase = common.context().start("encode texts", texts.size())) {
      if (columns.isEmpty()) {
        columns.addAll(columns(List.of(new Encoder.Block("whole", encoder.dimension()))));
      }
      float[][] embeddings = encoder.encode(texts);
      for (int i = 0; i < embeddings.length; i++) {
        float[] row = Arrays.copyOf(embeddings[i], columns.size());
        Arrays.fill(row, encoder.dimension(), row.length, Float.NaN);
        rows.add(new Row("text", texts.get(i), row));
        phase.step(1);
      }
    }
  }

  private int width(Encoder used) {
    return element.isEmpty() ? used.blocks().get(0).length() : used.dimension();
  }

  private List<String> columns(List<Encoder.Block> blocks) {
    List<String> columns = new ArrayList<>();
    for (Encoder.Block block : element.isEmpty() ? blocks.subList(0, 1) : blocks) {
      for (int i = 0; i < block.length(); i++) {
        columns.add(block.name() + "." + i);
      }
    }
    return columns;
  }
}
