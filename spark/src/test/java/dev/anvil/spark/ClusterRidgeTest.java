package dev.anvil.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Ridge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ridge regression by executors, here threads of this process, compared with core's. */
class ClusterRidgeTest {
  private static final int ROWS = 500;
  private static final int COLUMNS = 8;
  private static final double PENALTY = 3;
  private static final StructType SCHEMA =
      new StructType()
          .add("key", DataTypes.StringType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType))
          .add("target", DataTypes.DoubleType);

  private static SparkSession spark;
  private static float[][] features;
  private static double[] target;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    SplittableRandom random = new SplittableRandom(8);
    features = new float[ROWS][COLUMNS];
    target = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < COLUMNS; k++) {
        features[i][k] = (float) (100 * k + random.nextGaussian());
      }
      if (i % 7 == 0) {
        features[i][2] = Float.NaN;
      }
      target[i] = features[i][1] - features[i][5] + random.nextGaussian();
    }
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> rows(long order) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<Float> values = new ArrayList<>();
      for (float value : features[i]) {
        values.add(value);
      }
      rows.add(RowFactory.create("row" + i, values, target[i]));
    }
    Collections.shuffle(rows, new Random(order));
    return spark.createDataFrame(rows, SCHEMA);
  }

  @Test
  void isCoresRidgeButForRounding() {
    int[] all = IntStream.range(0, ROWS).toArray();
    double[] expected =
        Ridge.of(PENALTY)
            .prepare(Matrix.of(features), target, all, RunContext.NONE)
            .on(all)
            .fit(target, RunContext.NONE)
            .predict(Matrix.of(features));
    double[] found = ClusterRidge.fit(rows(1), PENALTY, 3).predict(Matrix.of(features));
    for (int i = 0; i < ROWS; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-8));
    }
  }

  @Test
  void isTheSameToTheLastBitAtAnyNumberOfTasksAndInAnyOrder() {
    Regressor once = ClusterRidge.fit(rows(1), PENALTY, 1);
    assertThat(ClusterRidge.fit(rows(2), PENALTY, 2).toBytes()).isEqualTo(once.toBytes());
    assertThat(ClusterRidge.fit(rows(3), PENALTY, 8).toBytes()).isEqualTo(once.toBytes());
  }

  @Test
  void refusesAKeyThatIsThereTwice() {
    assertThatThrownBy(() -> ClusterRidge.fit(rows(1).union(rows(2)), PENALTY, 2))
        .hasMessageContaining("twice; expected one row of each key");
  }
}
