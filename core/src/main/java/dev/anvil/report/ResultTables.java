package dev.anvil.report;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.Effect;
import dev.anvil.table.Column;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Writes results as CSV and Parquet: {@code effects} (placebos too), {@code evaluation}, {@code
 * posts} and, where posts belong to several accounts, {@code account-effects}. What is unknown is
 * empty. Equal data gives equal rows in equal order.
 */
public final class ResultTables {
  private static final List<Column> EFFECTS =
      List.of(
          new Column("factor", Column.Type.TEXT),
          new Column("level", Column.Type.TEXT),
          new Column("reference", Column.Type.TEXT),
          new Column("placebo", Column.Type.FLAG),
          new Column("creatives", Column.Type.WHOLE),
          new Column("seeds", Column.Type.WHOLE),
          new Column("refits", Column.Type.WHOLE),
          new Column("relative", Column.Type.NUMBER),
          new Column("relative_low", Column.Type.NUMBER),
          new Column("relative_high", Column.Type.NUMBER),
          new Column("target", Column.Type.NUMBER),
          new Column("target_low", Column.Type.NUMBER),
          new Column("target_high", Column.Type.NUMBER),
          new Column("interval_level", Column.Type.NUMBER),
          new Column("p", Column.Type.NUMBER),
          new Column("adjusted_p", Column.Type.NUMBER),
          new Column("equivalence_p", Column.Type.NUMBER),
          new Column("verdict", Column.Type.TEXT),
          new Column("variance_source", Column.Type.NUMBER),
          new Column("variance_seed", Column.Type.NUMBER),
          new Column("variance_refit", Column.Type.NUMBER),
          new Column("minimum_detectable", Column.Type.NUMBER),
          new Column("creatives_to_resolve", Column.Type.WHOLE),
          new Column("true_relative", Column.Type.NUMBER),
          new Column("exact_relative", Column.Type.NUMBER),
          new Column("exact_low", Column.Type.NUMBER),
          new Column("exact_high", Column.Type.NUMBER),
          new Column("accounts", Column.Type.WHOLE),
          new Column("account_sd", Column.Type.NUMBER),
          new Column("new_account_low", Column.Type.NUMBER),
          new Column("new_account_high", Column.Type.NUMBER),
          new Column("model_alone", Column.Type.NUMBER),
          new Column("corrected", Column.Type.FLAG),
          new Column("notes", Column.Type.TEXT));

  private static final List<Column> ACCOUNTS =
      List.of(
          new Column("factor", Column.Type.TEXT),
          new Column("level", Column.Type.TEXT),
          new Column("reference", Column.Type.TEXT),
          new Column("account", Column.Type.TEXT),
          new Column("posts_with_level", Column.Type.WHOLE),
          new Column("posts_without", Column.Type.WHOLE),
          new Column("relative", Column.Type.NUMBER),
          new Column("relative_shrunken", Column.Type.NUMBER));

  private static final List<Column> EVALUATION =
      List.of(
          new Column("regressor", Column.Type.TEXT),
          new Column("split", Column.Type.TEXT),
          new Column("trained", Column.Type.WHOLE),
          new Column("tested", Column.Type.WHOLE),
          new Column("rmse", Column.Type.NUMBER),
          new Column("rmse_low", Column.Type.NUMBER),
          new Column("rmse_high", Column.Type.NUMBER),
          new Column("r2", Column.Type.NUMBER),
          new Column("r2_low", Column.Type.NUMBER),
          new Column("r2_high", Column.Type.NUMBER),
          new Column("mae", Column.Type.NUMBER),
          new Column("mae_low", Column.Type.NUMBER),
          new Column("mae_high", Column.Type.NUMBER),
          new Column("spearman", Column.Type.NUMBER),
          new Column("spearman_low", Column.Type.NUMBER),
          new Column("spearman_high", Column.Type.NUMBER),
          new Column("pair_accuracy", Column.Type.NUMBER),
          new Column("pair_accuracy_low", Column.Type.NUMBER),
          new Column("pair_accuracy_high", Column.Type.NUMBER));

  private static final List<Column> POSTS =
      List.of(
          new Column("id", Column.Type.TEXT),
          new Column("creative", Column.Type.TEXT),
          new Column("time", Column.Type.TIME),
          new Column("fitted", Column.Type.FLAG),
          new Column("metric", Column.Type.NUMBER),
          new Column("rolling_mean", Column.Type.NUMBER),
          new Column("target", Column.Type.NUMBER),
          new Column("predicted_target", Column.Type.NUMBER),
          new Column("predicted_metric", Column.Type.NUMBER));

  private ResultTables() {}

  /**
   * Writes {@code NAME.csv} and {@code NAME.parquet} of each table, replacing files that exist.
   *
   * @param folder made when it does not exist
   * @throws IOException when a file cannot be written
   */
  public static void write(ReportData data, Path folder) throws IOException {
    export(folder, "effects", EFFECTS, effects(data).toList());
    export(folder, "evaluation", EVALUATION, evaluations(data).toList());
    export(folder, "posts", POSTS, posts(data).toList());
    if (!data.accounts().isEmpty()) {
      export(folder, "account-effects", ACCOUNTS, accounts(data).toList());
    }
  }

  private static void export(
      Path folder, String name, List<Column> columns, List<List<Object>> rows) throws IOException {
    TableWriter.csv(
        folder.resolve(name + ".csv"), columns.stream().map(Column::name).toList(), rows.stream());
    TableWriter.parquet(folder.resolve(name + ".parquet"), columns, rows.stream());
  }

  private static Stream<List<Object>> effects(ReportData data) {
    return Stream.concat(
        data.effects().stream().map(result -> effect(result, data)),
        data.placebos().stream()
            .map(
                placebo ->
                    effect(
                        new EffectResult(placebo, "", OptionalDouble.empty(), Optional.empty()),
                        data)));
  }

  private static List<Object> effect(EffectResult result, ReportData data) {
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
    Optional<AccountEffects> of =
        data.accounts().stream()
            .filter(a -> !effect.placebo() && a.factor().equals(effect.factor()))
            .filter(a -> a.level().equals(effect.level()))
            .filter(a -> a.reference().equals(effect.reference()))
            .findFirst();
    Optional<Interval> newAccount =
        of.flatMap(AccountEffects::general).map(AccountEffects.General::newAccount);
    row.add(of.map(a -> a.accounts().size()).orElse(null));
    row.add(of.map(AccountEffects::tau).orElse(null));
    row.add(newAccount.map(Interval::low).orElse(null));
    row.add(newAccount.map(Interval::high).orElse(null));
    // an effect that is not corrected is that of the model alone
    row.add(result.uncorrected().orElse(relative.point()));
    row.add(result.uncorrected().isPresent());
    row.add(
        data.warnings().stream()
            .filter(note -> note.contains(effect.factor()))
            .reduce((a, b) -> a + " " + b)
            .orElse(null));
    return row;
  }

  private static Stream<List<Object>> accounts(ReportData data) {
    return data.accounts().stream()
        .flatMap(
            effect ->
                effect.accounts().stream()
                    .map(
                        account ->
                            List.<Object>of(
                                effect.factor(),
                                effect.level(),
                                effect.reference(),
                                account.account(),
                                account.shown(),
                                account.others(),
                                account.effect(),
                                account.shrunken())));
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
                    post.time().orElse(null),
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

  /** Null stands for unknown. */
  private static Double orEmpty(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
