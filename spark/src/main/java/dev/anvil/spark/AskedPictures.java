package dev.anvil.spark;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** The pictures that a request names: as files, as posts of a campaign, or in a table. */
final class AskedPictures {
  /** A picture by name; creative null where it is not known yet. */
  private static final StructType ASKED =
      new StructType()
          .add("post", StringType)
          .add("picture", StringType, false)
          .add("creative", StringType);

  /** A picture with its content, or why that cannot be read. */
  private static final StructType HASHED =
      ASKED.add("key", StringType).add("unreadable", StringType);

  private final SparkSession spark;
  private final Dataset<Row> rows;

  private AskedPictures(SparkSession spark, Dataset<Row> rows) {
    this.spark = spark;
    this.rows = rows;
  }

  /** Names what is known of a picture by its content. */
  interface Naming extends java.io.Serializable {
    String key(String creative);
  }

  /**
   * Pictures that were asked for.
   *
   * @param files pictures; one that is called as a table stands for {@code table}
   * @param posts whose pictures are asked for too
   * @param table with a column {@code picture}; empty for none
   * @throws InvalidInputException when a table is asked for that is not there, or has no such
   *     column
   */
  static AskedPictures of(
      SparkSession spark, List<Path> files, List<Post> posts, Optional<String> table) {
    requireNonNull(spark, "spark is null");
    List<Row> rows = new ArrayList<>();
    for (Path file : files) {
      if (!isTable(file)) {
        rows.add(RowFactory.create(null, HadoopFiles.name(file), null));
      } else if (table.isEmpty()) {
        throw new InvalidInputException(
            file.toString(),
            "stands for a table of pictures; expected where that is: --pictures TABLE");
      }
    }
    for (Post post : posts) {
      rows.add(RowFactory.create(post.id(), HadoopFiles.name(post.picture()), post.creative()));
    }
    Dataset<Row> named = spark.createDataFrame(rows, ASKED);
    return new AskedPictures(spark, table.map(t -> named.union(read(spark, t))).orElse(named));
  }

  private static boolean isTable(Path file) {
    return file.toString().endsWith(".csv") || file.toString().endsWith(".parquet");
  }

  private static Dataset<Row> read(SparkSession spark, String table) {
    Dataset<Row> read =
        table.endsWith(".csv")
            ? spark.read().option("header", true).csv(table)
            : spark.read().parquet(table);
    List<String> columns = List.of(read.columns());
    if (!columns.contains("picture")) {
      throw new InvalidInputException(
          table, "found the columns %s; expected picture".formatted(columns));
    }
    return read.select(
        (columns.contains("post") ? col("post") : lit(null)).cast(StringType).as("post"),
        col("picture").cast(StringType),
        lit(null).cast(StringType).as("creative"));
  }

  /**
   * Hashes pictures on executors.
   *
   * @return rows of post, picture, creative, key and unreadable: the last is why there is no
   *     creative and no key
   */
  Dataset<Row> hashed(Naming naming) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    return rows.map(
        (MapFunction<Row, Row>) row -> hashed(row, naming, hadoop), Encoders.row(HASHED));
  }

  private static Row hashed(Row row, Naming naming, SerializableConfiguration hadoop) {
    String post = row.getAs("post");
    String picture = row.getAs("picture");
    String known = row.getAs("creative");
    try {
      String creative = known == null ? HadoopFiles.sha256(hadoop.value(), picture) : known;
      return RowFactory.create(post, picture, creative, naming.key(creative), null);
    } catch (IOException | IllegalArgumentException e) {
      return RowFactory.create(
          post,
          picture,
          null,
          null,
          "found that it cannot be read (%s); expected a picture".formatted(e));
    }
  }
}
