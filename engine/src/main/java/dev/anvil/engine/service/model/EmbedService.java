package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProbe;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.TextEncoder;
import dev.anvil.encode.View;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.EmbedOutcome;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.service.campaign.Posts;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.image.PictureReader;
import dev.anvil.report.EmbeddingTable;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes embeddings of pictures and texts. */
public final class EmbedService implements Service<EmbedRequest, EmbedOutcome> {
  private final Parts parts;

  public EmbedService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<EmbedOutcome> accept(EmbedRequest asked) {
    return Work.of(
        asked,
        Optional.empty(),
        EmbedOutcome.class,
        (out, context) -> {
          List<EmbeddingTable.Row> rows = new ArrayList<>();
          List<String> columns = new ArrayList<>();
          List<Problem> problems = new ArrayList<>();
          if (!asked.pictures().isEmpty() || asked.campaign().isPresent()) {
            problems.addAll(ofPictures(asked, rows, columns, context));
          }
          if (!asked.texts().isEmpty()) {
            ofTexts(asked, rows, columns, context);
          }
          EmbeddingTable.write(asked.output(), columns, rows);
          return new EmbedOutcome(
              out.run(),
              asked.output(),
              columns.size(),
              rows.stream().map(EmbeddingTable.Row::name).toList(),
              problems);
        });
  }

  /**
   * Adds a row for each picture that can be encoded.
   *
   * @return why the others cannot
   */
  private List<Problem> ofPictures(
      EmbedRequest asked, List<EmbeddingTable.Row> rows, List<String> columns, RunContext context) {
    List<Post> posts = new ArrayList<>();
    for (Path picture : asked.pictures()) {
      posts.add(Posts.unposted(picture, Optional.empty(), Map.of()));
    }
    asked
        .campaign()
        .ifPresent(name -> posts.addAll(Posts.named(parts.campaign(Optional.of(name)).posts())));
    boolean whole = asked.element().isEmpty();
    try (Lease<Encoder> encoder = parts.networks().encoder(asked.encoder())) {
      EncodingPipeline pipeline =
          ModelView.pipeline(parts.stores(), encoder.get(), context.threads());
      columns.addAll(columns(encoder.get().blocks(), whole));
      Encoded encoded =
          whole ? whole(pipeline, posts, context) : elements(asked, pipeline, posts, context);
      float[][] embeddings = encoded.present();
      if (embeddings.length == 0) {
        throw new InvalidInputException(encoded.problems());
      }
      EncoderProbe.requireVariation(encoder.get(), embeddings);
      List<Post> present = encoded.presentOf(posts);
      int width = whole ? encoder.get().blocks().get(0).length() : encoder.get().dimension();
      for (int i = 0; i < embeddings.length; i++) {
        rows.add(
            new EmbeddingTable.Row(
                "picture", present.get(i).id(), Arrays.copyOf(embeddings[i], width)));
      }
      return encoded.problems();
    }
  }

  private Encoded elements(
      EmbedRequest asked, EncodingPipeline pipeline, List<Post> posts, RunContext context) {
    try (Lease<Segmenter> segmenter = parts.networks().segmenter(asked.segmenter())) {
      return new CampaignEncoder(
              pipeline,
              new SegmentationCache(segmenter.get(), parts.stores().results()),
              new Subject(asked.element()))
          .encodeEach(posts, context);
    }
  }

  private static Encoded whole(EncodingPipeline pipeline, List<Post> posts, RunContext context) {
    return pipeline.encode(
        posts.stream()
            .map(
                p ->
                    new EncodingItem(
                        EncodingItem.key(p.creative(), ""),
                        p.picture().toString(),
                        step ->
                            new View(
                                PictureReader.DEFAULT.read(p.picture(), p.creative()),
                                Optional.empty())))
            .toList(),
        context);
  }

  private void ofTexts(
      EmbedRequest asked, List<EmbeddingTable.Row> rows, List<String> columns, RunContext context) {
    try (Lease<TextEncoder> lease = parts.networks().requireTexts(asked.encoder());
        Phase phase = context.start("encode texts", asked.texts().size())) {
      TextEncoder encoder = lease.get();
      if (columns.isEmpty()) {
        columns.addAll(
            columns(List.of(new Encoder.Block("whole", encoder.dimension())), /* whole= */ true));
      }
      float[][] embeddings = encoder.encode(asked.texts());
      for (int i = 0; i < embeddings.length; i++) {
        float[] row = Arrays.copyOf(embeddings[i], columns.size());
        Arrays.fill(row, encoder.dimension(), row.length, Float.NaN);
        rows.add(new EmbeddingTable.Row("text", asked.texts().get(i), row));
        phase.step(1);
      }
    }
  }

  private static List<String> columns(List<Encoder.Block> blocks, boolean whole) {
    List<String> columns = new ArrayList<>();
    for (Encoder.Block block : whole ? blocks.subList(0, 1) : blocks) {
      for (int i = 0; i < block.length(); i++) {
        columns.add(block.name() + "." + i);
      }
    }
    return columns;
  }
}
