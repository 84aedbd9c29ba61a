package dev.anvil.spark;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.min;

import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Has pictures done by executors, each content once, and joins what was made to every name that a
 * picture has.
 */
final class PictureSpread {
  private static final String PICTURES = "pictures";
  private static final String PROBLEMS = "picture-problems";
  private static final int SHOWN = 10;

  private final ClusterSettings settings;
  private final Spread spread;
  private final Tables tables;

  PictureSpread(ClusterSettings settings, Spread spread, Tables tables) {
    this.settings = requireNonNull(settings, "settings is null");
    this.spread = requireNonNull(spread, "spread is null");
    this.tables = requireNonNull(tables, "tables is null");
  }

  /**
   * What is made of pictures.
   *
   * @param name of the phase
   * @param port that it is put into
   * @param kind within the port
   * @param naming by which it is known
   */
  record Product(
      String name, Kept.Port port, String kind, AskedPictures.Naming naming, PicturePiece piece) {}

  /**
   * Pictures with their keys, what was made by key, of which some may be there twice, and the
   * problems of this run by key.
   */
  record Done(Dataset<Row> pictures, Dataset<Row> kept, Dataset<Row> problems) {
    /** One row per picture that could be done, with what was made of it as {@code value}. */
    Dataset<Row> made() {
      return pictures.join(kept.dropDuplicates("key"), "key");
    }
  }

  /** Has all pictures done of which nothing is kept yet. */
  Done run(AskedPictures asked, Product product, RunContext context) {
    tables.clearProblems();
    Dataset<Row> pictures = tables.write(PICTURES, asked.hashed(product.naming()));
    Dataset<Row> todo =
        pictures
            .filter(col("key").isNotNull())
            .groupBy("key")
            .agg(min("picture").as("picture"), first("creative").as("creative"))
            .join(kept(product).select("key"), new String[] {"key"}, "left_anti")
            .cache();
    try {
      long count = todo.count();
      String run = "none";
      if (count > 0) {
        JavaRDD<Item> items =
            todo.repartition(settings.tasks(count), col("key"))
                .sortWithinPartitions("key")
                .toJavaRDD()
                .map(PictureSpread::item);
        run = spread.run(product.name(), items, count, product.piece(), context);
      }
      return new Done(pictures, kept(product), tables.problems(run));
    } finally {
      todo.unpersist();
    }
  }

  private static Item item(Row row) {
    return Item.of(
        row.getAs("key"),
        Json.write(new PicturePiece.Asked(row.getAs("creative"), row.getAs("picture"))),
        List.of());
  }

  private Dataset<Row> kept(Product product) {
    return tables
        .kept("")
        .filter(col("port").equalTo(product.port().name()).and(col("kind").equalTo(product.kind())))
        .select("key", "value");
  }

  /**
   * Writes the table of problems, and counts: every picture that was asked for must be in that
   * table or in the other.
   *
   * @param table that was written
   * @param named pictures that are in it
   * @param rows of it
   */
  TableOutcome outcome(String table, Done done, long named, long rows) {
    Dataset<Row> unreadable =
        done.pictures()
            .filter(col("unreadable").isNotNull())
            .select(col("picture").as("place"), col("unreadable").as("message"));
    Dataset<Row> failed =
        done.pictures()
            .join(done.problems(), "key")
            .select(col("picture").as("place"), col("message"));
    Dataset<Row> problems = tables.write(PROBLEMS, unreadable.union(failed));
    long pictures = tables.rows(PICTURES);
    long bad = tables.rows(PROBLEMS);
    if (named + bad != pictures) {
      throw new InternalException(
          "%s: of %d pictures %d are in the table and %d in that of problems; expected all"
              .formatted(table, pictures, named, bad));
    }
    List<Problem> shown = bad == 0 ? List.of() : some(problems);
    if (named == 0 && bad > 0) {
      throw new InvalidInputException(shown);
    }
    return new TableOutcome(settings.table(table), pictures, rows, bad, shown);
  }

  private static List<Problem> some(Dataset<Row> problems) {
    return problems.sort("place").limit(SHOWN).collectAsList().stream()
        .map(row -> new Problem(row.getString(0), row.getString(1)))
        .toList();
  }
}
