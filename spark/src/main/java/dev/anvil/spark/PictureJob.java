package dev.anvil.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProbe;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.TextEncoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.service.Parts;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Embeddings and elements of any number of pictures, of which the driver holds none: they are read
 * from tables, hashed, each content done once, and joined to every name that it has.
 */
final class PictureJob {
  private static final String PICTURES = "pictures";
  private static final int PROBED = 100;
  private static final int SHOWN = 10;

  /** A picture by name; creative null where it is not known yet. */
  private static final StructType ASKED =
      new StructType()
          .add("post", DataTypes.StringType)
          .add("picture", DataTypes.StringType, false)
          .add("creative", DataTypes.StringType);

  /** A picture with its content, or why that cannot be read. */
  private static final StructType HASHED =
      ASKED.add("key", DataTypes.StringType).add("unreadable", DataTypes.StringType);

  private static final StructType EMBEDDED =
      new StructType()
          .add("kind", DataTypes.StringType, false)
          .add("post", DataTypes.StringType)
          .add("name", DataTypes.StringType, false)
          .add("creative", DataTypes.StringType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private static final StructType FOUND =
      new StructType()
          .add("picture", DataTypes.StringType, false)
          .add("creative", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, false)
          .add("confidence", DataTypes.DoubleType, false)
          .add("left", DataTypes.DoubleType, false)
          .add("top", DataTypes.DoubleType, false)
          .add("right", DataTypes.DoubleType, false)
          .add("bottom", DataTypes.DoubleType, false)
          .add("coverage", DataTypes.DoubleType, false);

  private final Parts parts;
  private final SparkSession spark;
  private final ClusterSettings settings;
  private final Spread spread;
  private final Tables tables;
  private final Optional<String> more;

  /**
   * A job.
   *
   * @param more table with a column {@code picture}; empty for none
   */
  PictureJob(
      Parts parts,
      SparkSession spark,
      ClusterSettings settings,
      Spread spread,
      Tables tables,
      Optional<String> more) {
    this.parts = requireNonNull(parts, "parts is null");
    this.spark = requireNonNull(spark, "spark is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.spread = requireNonNull(spread, "spread is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.more = requireNonNull(more, "more is null");
  }

  TableOutcome embed(EmbedRequest request, RunContext context) {
    try (Lease<Encoder> encoder = parts.networks().encoder(request.encoder())) {
      String mask = mask(request);
      boolean whole = request.element().isEmpty();
      int width = whole ? encoder.get().blocks().get(0).length() : encoder.get().dimension();
      Dataset<Row> asked = asked(request.pictures(), request.campaign());
      Done done =
          done(
              asked,
              creative -> EncodingItem.key(creative, mask),
              Kept.Port.EMBEDDING,
              encoder.get().id(),
              new PicturePiece(Json.write(request), null),
              context);
      Dataset<Row> rows =
          done.pictures
              .join(done.kept, "key")
              .map(
                  (MapFunction<Row, Row>)
                      row ->
                          RowFactory.create(
                              "picture",
                              row.getAs("post"),
                              row.getAs("picture"),
                              row.getAs("creative"),
                              Arrays.copyOf(Kept.floats(row.getAs("value")), width)),
                  Encoders.row(EMBEDDED));
      if (!request.texts().isEmpty()) {
        rows = rows.union(texts(request, width));
      }
      tables.write("embeddings", rows);
      Dataset<Row> written = tables.written("embeddings");
      EncoderProbe.requireVariation(encoder.get(), some(done, encoder.get()));
      return outcome(
          "embeddings", done, written.filter("kind = 'picture'").count(), written.count());
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

  private float[][] some(Done done, Encoder encoder) {
    return done.kept.limit(PROBED).collectAsList().stream()
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
    Done done =
        done(
            asked(request.pictures(), Optional.empty()),
            creative -> Sha256.of(finder + " " + creative),
            Kept.Port.RESULT,
            PicturePiece.ELEMENTS,
            new PicturePiece(null, Json.write(request)),
            context);
    tables.write(
        "elements",
        done.pictures
            .join(done.kept, "key")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                    all -> {
                      List<Row> rows = new ArrayList<>();
                      while (all.hasNext()) {
                        rows.addAll(found(all.next()));
                      }
                      return rows.iterator();
                    },
                Encoders.row(FOUND)));
    Dataset<Row> written = tables.written("elements");
    return outcome("elements", done, done.pictures.join(done.kept, "key").count(), written.count());
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

  private static List<Row> found(Row row) {
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
        .toList();
  }

  private Dataset<Row> asked(List<Path> files, Optional<String> campaign) {
    List<Row> rows = new ArrayList<>();
    for (Path file : files) {
      if (!isTable(file)) {
        rows.add(RowFactory.create(null, HadoopFiles.name(file), null));
      } else if (more.isEmpty()) {
        throw new InvalidInputException(
            file.toString(),
            "stands for a table of pictures; expected where that is: --pictures TABLE");
      }
    }
    campaign
        .map(name -> parts.campaign(Optional.of(name)).posts())
        .orElse(List.of())
        .forEach(
            post ->
                rows.add(
                    RowFactory.create(
                        post.id(), HadoopFiles.name(post.picture()), post.creative())));
    Dataset<Row> asked = spark.createDataFrame(rows, ASKED);
    return more.map(table -> asked.union(table(table))).orElse(asked);
  }

  private static boolean isTable(Path file) {
    return file.toString().endsWith(".csv") || file.toString().endsWith(".parquet");
  }

  private Dataset<Row> table(String table) {
    Dataset<Row> read =
        table.endsWith(".csv")
            ? spark.read().option("header", true).csv(table)
            : spark.read().parquet(table);
    if (!List.of(read.columns()).contains("picture")) {
      throw new InvalidInputException(
          table, "found the columns %s; expected picture".formatted(List.of(read.columns())));
    }
    boolean named = List.of(read.columns()).contains("post");
    return read.select(
        (named ? col("post") : lit(null)).cast("string").as("post"),
        col("picture").cast("string"),
        lit(null).cast("string").as("creative"));
  }

  /** Names what is known of a picture by its content. */
  private interface Naming extends java.io.Serializable {
    String key(String creative);
  }

  /** Pictures with their keys, what was made by key, and the problems of this run by key. */
  private record Done(Dataset<Row> pictures, Dataset<Row> kept, Dataset<Row> problems) {}

  private Done done(
      Dataset<Row> asked,
      Naming naming,
      Kept.Port port,
      String kind,
      PicturePiece piece,
      RunContext context) {
    tables.clearProblems();
    tables.write(PICTURES, hashed(asked, naming));
    Dataset<Row> pictures = tables.written(PICTURES);
    Dataset<Row> todo =
        pictures
            .filter("key is not null")
            .groupBy("key")
            .agg(min("picture").as("picture"), first("creative").as("creative"))
            .join(made("", port, kind).select("key"), new String[] {"key"}, "left_anti")
            .cache();
    try {
      long count = todo.count();
      String run = "none";
      if (count > 0) {
        JavaRDD<Item> items =
            todo.repartition(settings.tasks(count), col("key"))
                .sortWithinPartitions("key")
                .toJavaRDD()
                .map(
                    row ->
                        Item.of(
                            row.getAs("key"),
                            Json.write(
                                new PicturePiece.Asked(
                                    row.getAs("creative"), row.getAs("picture"))),
                            List.of()));
        run =
            spread.run(
                piece.embed() != null ? "encode" : "find elements", items, count, piece, context);
      }
      return new Done(pictures, made("", port, kind), tables.problems(run));
    } finally {
      todo.unpersist();
    }
  }

  private Dataset<Row> made(String run, Kept.Port port, String kind) {
    return tables
        .kept(run)
        .filter(col("port").equalTo(port.name()).and(col("kind").equalTo(kind)))
        .select("key", "value")
        .dropDuplicates("key");
  }

  private Dataset<Row> hashed(Dataset<Row> asked, Naming naming) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration());
    return asked.map(
        (MapFunction<Row, Row>)
            row -> {
              String picture = row.getAs("picture");
              String creative = row.getAs("creative");
              try {
                String content =
                    creative == null ? HadoopFiles.sha256(hadoop.value(), picture) : creative;
                return RowFactory.create(
                    row.getAs("post"), picture, content, naming.key(content), null);
              } catch (IOException | IllegalArgumentException e) {
                return RowFactory.create(
                    row.getAs("post"),
                    picture,
                    null,
                    null,
                    "found that it cannot be read (%s); expected a picture".formatted(e));
              }
            },
        Encoders.row(HASHED));
  }

  /** Every picture that was asked for must be in the one table or the other. */
  private TableOutcome outcome(String table, Done done, long named, long rows) {
    Dataset<Row> unreadable =
        done.pictures
            .filter("unreadable is not null")
            .select(col("picture").as("place"), col("unreadable").as("message"));
    Dataset<Row> failed =
        done.pictures.join(done.problems, "key").select(col("picture").as("place"), col("message"));
    Dataset<Row> problems = unreadable.union(failed).cache();
    try {
      tables.write("picture-problems", problems);
      long pictures = done.pictures.count();
      long bad = problems.count();
      if (named + bad != pictures) {
        throw new InternalException(
            "%s: of %d pictures %d are in the table and %d in that of problems; expected all"
                .formatted(table, pictures, named, bad));
      }
      List<Problem> first =
          problems.sort("place").limit(SHOWN).collectAsList().stream()
              .map(row -> new Problem(row.getString(0), row.getString(1)))
              .toList();
      if (named == 0 && bad > 0) {
        throw new InvalidInputException(first);
      }
      return new TableOutcome(settings.table(table), pictures, rows, bad, first);
    } finally {
      problems.unpersist();
    }
  }
}
