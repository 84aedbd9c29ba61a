package dev.anvil.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RidgeStatistics;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Ridge regression of more rows than one machine holds, in one pass: executors sum products of
 * columns, and the driver sees no row, only {@code columns * columns} sums.
 *
 * <p>Rows are put into blocks by a hash of their keys and summed in the order of these; blocks are
 * merged two by two, always the same two. So the result is the same to the last bit whatever the
 * number of tasks and the order of the rows.
 */
public final class ClusterRidge {
  /** A power of two: leaves of the tree that sums are merged in. */
  private static final int BLOCKS = 64;

  private ClusterRidge() {}

  /**
   * Fits.
   *
   * @param rows with the columns {@code key} (text, different in each row), {@code features} (array
   *     of float, NaN where unknown) and {@code target} (double, finite)
   * @param penalty on the squared weights of standardised columns
   * @param tasks that blocks are summed by
   * @throws InvalidInputException when there are fewer than two rows, or the penalty is not above 0
   */
  public static Regressor fit(Dataset<Row> rows, double penalty, int tasks) {
    JavaPairRDD<Integer, RidgeStatistics> sums =
        rows.select(
                pmod(xxhash64(col("key")), lit((long) BLOCKS)).cast("int").as("block"),
                col("key"),
                col("features"),
                col("target"))
            .repartition(tasks, col("block"))
            .sortWithinPartitions("block", "key")
            .toJavaRDD()
            .mapPartitionsToPair(ClusterRidge::blocks);
    for (int width = BLOCKS; width > 1; width /= 2) {
      int parts = Math.min(tasks, width / 2);
      sums =
          sums.mapToPair(block -> new Tuple2<>(block._1() / 2, block))
              .groupByKey(parts)
              .mapValues(ClusterRidge::merged);
    }
    List<RidgeStatistics> all = sums.values().collect();
    if (all.isEmpty()) {
      throw new InvalidInputException("rows", "found none; expected at least 2");
    }
    return all.get(0).solve(penalty);
  }

  private static Iterator<Tuple2<Integer, RidgeStatistics>> blocks(Iterator<Row> sorted) {
    List<Tuple2<Integer, RidgeStatistics>> blocks = new ArrayList<>();
    String before = null;
    while (sorted.hasNext()) {
      Row row = sorted.next();
      int block = row.getInt(0);
      String key = row.getString(1);
      if (key.equals(before)) {
        throw new InvalidInputException(
            "key", "found \"%.80s\" twice; expected one row of each key".formatted(key));
      }
      before = key;
      List<Float> values = row.getList(2);
      float[] features = new float[values.size()];
      for (int k = 0; k < features.length; k++) {
        features[k] = values.get(k);
      }
      if (blocks.isEmpty() || blocks.get(blocks.size() - 1)._1() != block) {
        blocks.add(new Tuple2<>(block, new RidgeStatistics(features.length)));
      }
      blocks.get(blocks.size() - 1)._2().add(features, row.getDouble(3));
    }
    return blocks.iterator();
  }

  /** The lower block first, whichever came first. */
  private static RidgeStatistics merged(Iterable<Tuple2<Integer, RidgeStatistics>> both) {
    Tuple2<Integer, RidgeStatistics> lower = null;
    Tuple2<Integer, RidgeStatistics> upper = null;
    for (Tuple2<Integer, RidgeStatistics> one : both) {
      if (one._1() % 2 == 0) {
        lower = one;
      } else {
        upper = one;
      }
    }
    if (lower == null) {
      return upper._2();
    }
    if (upper != null) {
      lower._2().merge(upper._2());
    }
    return lower._2();
  }
}
