package dev.anvil.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProbe;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.TextEncoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Embeddings and elements of any number of pictures, of which the driver holds none: they are read
 * from tables, hashed, each content done once, and joined to every name that it has.
 */
final class PictureJob {
  private static final String EMBEDDINGS = "embeddings";
  private static final String ELEMENTS = "elements";
  private static final int PROBED = 100;

  private static final StructType EMBEDDED =
      new StructType()
          .add("kind", StringType, false)
          .add("post", StringType)
          .add("name", StringType, false)
          .add("creative", StringType)
          .add("embedding", createArrayType(FloatType), false);

  private static final StructType FOUND =
      new StructType()
          .add("picture", StringType, false)
          .add("creative", StringType, false)
          .add("label", StringType, false)
          .add("confidence", DoubleType, false)
          .add("left", DoubleType, false)
          .add("top", DoubleType, false)
          .add("right", DoubleType, false)
          .add("bottom", DoubleType, false)
          .add("coverage", DoubleType, false);

  private final Parts parts;
  private final SparkSession spark;
  private final PictureSpread spread;
  private final Tables tables;
  private final Optional<String> more;

  /**
   * A job.
   *
   * @param more table with a column {@code picture}; empty for none
   */
  PictureJob(
      Parts parts, SparkSession spark, PictureSpread spread, Tables tables, Optional<String> more) {
    this.parts = requireNonNull(parts, "parts is null");
    this.spark = requireNonNull(spark, "spark is null");
    this.spread = requireNonNull(spread, "spread is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.more = requireNonNull(more, "more is null");
  }

  TableOutcome embed(EmbedRequest request, RunContext context) {
    try (Lease<Encoder> encoder = parts.networks().encoder(request.encoder())) {
      String mask = mask(request);
      boolean whole = request.element().isEmpty();
      int width = whole ? encoder.get().blocks().get(0).length() : encoder.get().dimension();
      List<Post> posts =
          request
              .campaign()
              .map(name -> parts.campaign(Optional.of(name)).posts())
              .orElse(List.of());
      PictureSpread.Done done =
          spread.run(
              AskedPictures.of(spark, request.pictures(), posts, more),
              new PictureSpread.Product(
                  "encode",
                  Kept.Port.EMBEDDING,
                  encoder.get().id(),
                  creative -> EncodingItem.key(creative, mask),
                  new PicturePiece(Json.write(request), null)),
              context);
      Dataset<Row> rows =
          done.made()
              .map((MapFunction<Row, Row>) row -> embedded(row, width), Encoders.row(EMBEDDED));
      if (!request.texts().isEmpty()) {
        rows = rows.union(texts(request, width));
      }
      tables.write(EMBEDDINGS, rows);
      EncoderProbe.requireVariation(encoder.get(), some(done, encoder.get()));
      long written = tables.rows(EMBEDDINGS);
      return spread.outcome(EMBEDDINGS, done, written - request.texts().size(), written);
    }
  }

  /** What embeddings are known by besides their picture, as the engine's own service knows them. */
  private String mask(EmbedRequest request) {
    if (request.element().isEmpty()) {
      return "";
    }
    try (Lease<Segmenter> segmenter = parts.networks().segmenter(request.segmenter())) {
      return segmenter.get().id() + new Subject(request.element());
    }
  }

  private static Row embedded(Row row, int width) {
    return RowFactory.create(
        "picture",
        row.getAs("post"),
        row.getAs("picture"),
        row.getAs("creative"),
        Arrays.copyOf(Kept.floats(row.getAs("value")), width));
  }

  private static float[][] some(PictureSpread.Done done, Encoder encoder) {
    return done.kept().limit(PROBED).collectAsList().stream()
        .map(row -> Kept.floats(row.getAs("value")))
        .filter(row -> row.length == encoder.dimension())
        .toArray(float[][]::new);
  }

  private Dataset<Row> texts(EmbedRequest request, int width) {
    try (Lease<TextEncoder> texts = parts.networks().requireTexts(request.encoder())) {
      float[][] embeddings = texts.get().encode(request.texts());
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < embeddings.length; i++) {
        float[] row = Arrays.copyOf(embeddings[i], width);
        Arrays.fill(row, Math.min(width, embeddings[i].length), width, Float.NaN);
        rows.add(RowFactory.create("text", null, request.texts().get(i), null, row));
      }
      return spark.createDataFrame(rows, EMBEDDED);
    }
  }

  TableOutcome elements(ElementsRequest request, RunContext context) {
    if (request.output().isPresent()) {
      throw new InvalidInputException(
          "output",
          "found %s; expected none: elements are drawn on pictures by anvil elements itself"
              .formatted(request.output().get()));
    }
    String finder = finder(request);
    PictureSpread.Done done =
        spread.run(
            AskedPictures.of(spark, request.pictures(), List.of(), more),
            new PictureSpread.Product(
                "find elements",
                Kept.Port.RESULT,
                PicturePiece.ELEMENTS,
                creative -> Sha256.of(finder + " " + creative),
                new PicturePiece(null, Json.write(request))),
            context);
    tables.write(
        ELEMENTS,
        done.made().flatMap((FlatMapFunction<Row, Row>) PictureJob::found, Encoders.row(FOUND)));
    return spread.outcome(ELEMENTS, done, done.made().count(), tables.rows(ELEMENTS));
  }

  /** All that what is found depends on besides the picture. */
  private String finder(ElementsRequest request) {
    if (request.prompts().isEmpty()) {
      try (Lease<Segmenter> segmenter = parts.networks().segmenter(request.segmenter())) {
        return segmenter.get().id();
      }
    }
    try (Lease<PromptedSegmenter> segmenter = parts.networks().prompted(request.segmenter())) {
      return segmenter.get().id() + request.prompts();
    }
  }

  private static Iterator<Row> found(Row row) {
    String json = new String(row.<byte[]>getAs("value"), UTF_8);
    return Arrays.stream(Json.read(json, ElementsOutcome.Row[].class))
        .map(
            e ->
                RowFactory.create(
                    row.getAs("picture"),
                    row.getAs("creative"),
                    e.label(),
                    e.confidence(),
                    e.box().left(),
                    e.box().top(),
                    e.box().right(),
                    e.box().bottom(),
                    e.coverage()))
        .iterator();
  }
}
