package dev.anvil.report;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes results as CSV and Parquet: {@code effects} (placebos too), {@code evaluation} and {@code
 * posts}. What is unknown is empty. Equal data gives equal rows in equal order.
 */
public final class ResultTables {
  private static final String EFFECTS =
      """
      factor VARCHAR, level VARCHAR, reference VARCHAR, placebo BOOLEAN, creatives INTEGER,
      seeds INTEGER, refits INTEGER, relative DOUBLE, relative_low DOUBLE, relative_high DOUBLE,
      target DOUBLE, target_low DOUBLE, target_high DOUBLE, interval_level DOUBLE, p DOUBLE,
      adjusted_p DOUBLE, equivalence_p DOUBLE, verdict VARCHAR, variance_source DOUBLE,
      variance_seed DOUBLE, variance_refit DOUBLE, minimum_detectable DOUBLE,
      creatives_to_resolve INTEGER, true_relative DOUBLE, exact_relative DOUBLE,
      exact_low DOUBLE, exact_high DOUBLE
      """;
  private static final String EVALUATION =
      """
      regressor VARCHAR, split VARCHAR, trained INTEGER, tested INTEGER,
      rmse DOUBLE, rmse_low DOUBLE, rmse_high DOUBLE, r2 DOUBLE, r2_low DOUBLE, r2_high DOUBLE,
      mae DOUBLE, mae_low DOUBLE, mae_high DOUBLE,
      spearman DOUBLE, spearman_low DOUBLE, spearman_high DOUBLE,
      pair_accuracy DOUBLE, pair_accuracy_low DOUBLE, pair_accuracy_high DOUBLE
      """;
  private static final String POSTS =
      """
      id VARCHAR, creative VARCHAR, time TIMESTAMP, fitted BOOLEAN, metric DOUBLE,
      rolling_mean DOUBLE, target DOUBLE, predicted_target DOUBLE, predicted_metric DOUBLE
      """;

  private ResultTables() {}

  /**
   * Writes {@code NAME.csv} and {@code NAME.parquet} of each table, replacing files that exist.
   *
   * @param folder made when it does not exist
   * @throws IOException when a file cannot be written
   */
  public static void write(ReportData data, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:")) {
      try (Statement statement = database.createStatement()) {
        statement.execute("SET threads = 1");
      }
      export(database, folder, "effects", EFFECTS, effects(data));
      export(database, folder, "evaluation", EVALUATION, evaluations(data));
      export(database, folder, "posts", POSTS, posts(data));
    } catch (SQLException e) {
      throw new IOException("writing tables to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void export(
      Connection database, Path folder, String name, String columns, Stream<List<Object>> rows)
      throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE " + name + " (" + columns + ")");
      try (DuckDBAppender appender =
          database
              .unwrap(DuckDBConnection.class)
              .createAppender(DuckDBConnection.DEFAULT_SCHEMA, name)) {
        for (List<Object> row : (Iterable<List<Object>>) rows::iterator) {
          appender.beginRow();
          for (Object value : row) {
            append(appender, value);
          }
          appender.endRow();
        }
      }
      statement.execute(
          "COPY %s TO '%s' (FORMAT csv, HEADER)".formatted(name, path(folder, name + ".csv")));
      statement.execute(
          "COPY %s TO '%s' (FORMAT parquet)".formatted(name, path(folder, name + ".parquet")));
    }
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof Double number) {
      appender.append(number);
    } else if (value instanceof Integer number) {
      appender.append(number);
    } else if (value instanceof Boolean flag) {
      appender.append(flag);
    } else if (value instanceof LocalDateTime time) {
      appender.append(time);
    } else {
      throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  private static String path(Path folder, String name) {
    return folder.resolve(name).toAbsolutePath().toString().replace("'", "''");
  }

  private static Stream<List<Object>> effects(ReportData data) {
    return Stream.concat(
        data.effects().stream().map(ResultTables::effect),
        data.placebos().stream()
            .map(
                placebo ->
                    effect(
                        new EffectResult(placebo, "", OptionalDouble.empty(), Optional.empty()))));
  }

  private static List<Object> effect(EffectResult result) {
    Effect effect = result.effect();
    Interval relative = effect.relative();
    Interval target = effect.target();
    List<Object> row =
        new ArrayList<>(
            Arrays.asList(
                effect.factor(),
                effect.level(),
                effect.reference(),
                effect.placebo(),
                effect.sources(),
                effect.seeds(),
                effect.refits(),
                relative.point(),
                relative.low(),
                relative.high(),
                target.point(),
                target.low(),
                target.high(),
                relative.level(),
                effect.p(),
                effect.adjustedP(),
                effect.equivalenceP(),
                effect.verdict().words(),
                effect.variance().source(),
                effect.variance().seed(),
                effect.variance().refit(),
                effect.minimumDetectable(),
                effect.sourcesToResolve().isPresent() ? effect.sourcesToResolve().getAsInt() : null,
                orEmpty(result.truth())));
    add(row, result.exact());
    return row;
  }

  private static Stream<List<Object>> evaluations(ReportData data) {
    return data.model().stream()
        .flatMap(model -> model.evaluations().stream())
        .map(
            evaluation -> {
              List<Object> row =
                  new ArrayList<>(
                      List.of(
                          evaluation.regressor(),
                          evaluation.split(),
                          evaluation.trained(),
                          evaluation.tested()));
              add(row, Optional.of(evaluation.rmse()));
              add(row, Optional.of(evaluation.r2()));
              add(row, Optional.of(evaluation.mae()));
              add(row, evaluation.spearman());
              add(row, evaluation.pairAccuracy());
              return row;
            });
  }

  private static Stream<List<Object>> posts(ReportData data) {
    return data.posts().stream()
        .map(
            post ->
                Arrays.asList(
                    post.id(),
                    post.creative(),
                    post.time(),
                    post.fitted(),
                    orEmpty(post.metric()),
                    orEmpty(post.rollingMean()),
                    orEmpty(post.target()),
                    orEmpty(post.predictedTarget()),
                    orEmpty(post.predictedMetric())));
  }

  private static void add(List<Object> row, Optional<Interval> interval) {
    row.add(interval.map(Interval::point).orElse(null));
    row.add(interval.map(Interval::low).orElse(null));
    row.add(interval.map(Interval::high).orElse(null));
  }

  /** The database's null stands for unknown. */
  private static Double orEmpty(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
