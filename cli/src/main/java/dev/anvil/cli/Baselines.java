package dev.anvil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.Phase;
import dev.anvil.inside.ConceptFold;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.ColumnImportance;
import dev.anvil.predict.regressor.Mlp;
import dev.anvil.predict.regressor.RandomForest;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.stats.Interval;
import dev.anvil.tags.DoubleMl;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagDirection;
import dev.anvil.tags.TagEffect;
import dev.anvil.tags.TagEstimator;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is compared with and not used: a forest, an MLP, regressors on tags, importances and effects
 * of tags (METHOD 2, 6 and 7).
 */
final class Baselines {
  static final String ARGUMENT = "baselines";
  private static final String IMPORTANCES = "tag-importances.csv";
  private static final String EFFECTS = "tag-effects.csv";
  private static final int PRINTED = 10;

  /**
   * All that is stored of a fit's tags.
   *
   * @param importances by regressor
   * @param effects by method
   * @param steps what the model makes of the same contrasts, where it could be told
   */
  record Stored(List<Importances> importances, List<Effects> effects, List<ConceptFold.Step> steps) {}

  record Importances(String regressor, List<ColumnImportance> columns) {}

  record Effects(String method, List<TagEffect> effects) {}

  private Baselines() {}

  static List<Trainer> onEmbedding(int threads, long seed) {
    return List.of(RandomForest.standard(threads, seed), Mlp.standard(seed));
  }

  static List<Trainer> onTags(int threads, long seed) {
    List<Trainer> trainers = new ArrayList<>(List.of(Ridge.chosen()));
    trainers.addAll(treesOnTags(threads, seed));
    return trainers;
  }

  private static List<Trainer> treesOnTags(int threads, long seed) {
    return List.of(XgBoost.fast(threads, seed), RandomForest.onTags(threads, seed));
  }

  /** Measures what tags are worth to the posts of a fit, and keeps it. */
  static void keep(Session session, long run, PostTags tags, Fit fit, long seed)
      throws IOException {
    int[] rows = fit.fitRows();
    Matrix features = tags.features().select(rows);
    double[] target = Arrays.stream(rows).mapToDouble(i -> fit.target()[i]).toArray();
    int[] groups = Arrays.stream(rows).map(i -> fit.groups()[i]).toArray();
    List<Trainer> trees = treesOnTags(session.threads(), seed);
    List<Importances> importances = new ArrayList<>();
    try (Phase phase = session.context().start("importances", trees.size())) {
      for (Trainer trainer : trees) {
        importances.add(
            new Importances(
                trainer.name(),
                ColumnImportance.of(trainer, features, tags.names(), target, groups, seed)));
        phase.step(1);
      }
    }
    TaggedPosts posts = TaggedPosts.of(fit.target(), tags.columns(), fit.groups(), rows);
    List<TagContrast> contrasts = tags.contrasts(rows);
    List<Effects> effects = new ArrayList<>();
    for (TagEstimator method : List.of(TagRegression.standard(), DoubleMl.standard(seed))) {
      effects.add(new Effects(method.name(), method.estimate(posts, contrasts)));
    }
    Matrix seen = fit.features().select(rows);
    List<TagDirection> directions = TagDirection.of(posts, seen, contrasts);
    Stored stored =
        new Stored(
            importances,
            effects,
            directions.isEmpty()
                ? List.of()
                : ConceptFold.of(fit.model().regressor(), fit.model().resampled(), seen, directions)
                    .steps());
    session.workspace().artefacts().putJson(run, ARGUMENT, Session.json().writeValueAsString(stored));
  }

  static Stored stored(Session session, long run) throws IOException {
    return Session.json()
        .readValue(session.workspace().artefacts().json(run, ARGUMENT).orElseThrow(), Stored.class);
  }

  /** Writes both tables into the workspace's folder; the text shows the most important rows. */
  static String written(Session session, long run) throws IOException {
    Stored stored = stored(session, run);
    Path folder = session.workspace().folder();
    Files.writeString(folder.resolve(IMPORTANCES), importancesCsv(stored), UTF_8);
    Files.writeString(folder.resolve(EFFECTS), effectsCsv(stored), UTF_8);
    StringBuilder text = new StringBuilder();
    for (Importances importances : stored.importances()) {
      text.append(
          "%n%n%-26s %-22s %s%n"
              .formatted(
                  importances.regressor() + " (tags)",
                  "error when shuffled",
                  "share of gain [95 %]"));
      importances.columns().stream()
          .limit(PRINTED)
          .forEach(
              i ->
                  text.append(
                      "%-26s %-22s %s%n"
                          .formatted(i.column(), precise(i.permutation()), precise(i.gain()))));
    }
    text.append("%n%-44s".formatted("effect of tags, in SD of the target [95 %]"));
    stored.effects().forEach(e -> text.append("%-22s".formatted(e.method())));
    text.append("what the model makes of it\n");
    int rows = stored.effects().get(0).effects().size();
    for (int i = 0; i < rows; i++) {
      TagContrast contrast = stored.effects().get(0).effects().get(i).contrast();
      text.append("%-44s".formatted(name(contrast)));
      for (Effects method : stored.effects()) {
        text.append(
            "%-22s"
                .formatted(
                    method
                        .effects()
                        .get(i)
                        .estimate()
                        .map(e -> EncoderTable.show(e.target()))
                        .orElse("refused")));
      }
      text.append(
          stored.steps().stream()
              .filter(step -> step.concept().equals(contrast))
              .findFirst()
              .map(step -> EncoderTable.show(step.size()))
              .orElse("refused"));
      text.append('\n');
    }
    return text.append(
            "What goes with the metric, not what causes it (docs/baselines.md). All of it is in ")
        .append(folder.resolve(IMPORTANCES))
        .append(" and ")
        .append(folder.resolve(EFFECTS))
        .toString();
  }

  static String name(TagContrast contrast) {
    return "%s: %s against %s".formatted(contrast.column(), contrast.level(), contrast.reference());
  }

  private static String precise(Interval i) {
    return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", i.point(), i.low(), i.high());
  }

  private static String importancesCsv(Stored stored) {
    StringBuilder csv =
        new StringBuilder(
            "regressor,column,gain,gain_low,gain_high,permutation,permutation_low,permutation_high\n");
    for (Importances importances : stored.importances()) {
      for (ColumnImportance i : importances.columns()) {
        csv.append(importances.regressor()).append(',').append(quoted(i.column()));
        csv.append(',').append(comma(i.gain())).append(',').append(comma(i.permutation()));
        csv.append('\n');
      }
    }
    return csv.toString();
  }

  private static String effectsCsv(Stored stored) {
    StringBuilder csv =
        new StringBuilder(
            "method,column,level,reference,posts,effect,low,high,p,effective_posts,"
                + "effective_reference,outside,clipped,negative_control_p,refused\n");
    for (Effects method : stored.effects()) {
      for (TagEffect e : method.effects()) {
        csv.append(method.method()).append(',').append(quoted(e.column())).append(',');
        csv.append(quoted(e.level())).append(',').append(quoted(e.reference())).append(',');
        csv.append(e.diagnostics().posts()).append(',');
        csv.append(e.estimate().map(s -> comma(s.target()) + "," + s.p()).orElse(",,,"));
        csv.append(',');
        csv.append(
            e.diagnostics()
                .overlap()
                .map(
                    o ->
                        "%s,%s,%s,%s"
                            .formatted(
                                o.effectiveSample(),
                                o.effectiveReference(),
                                o.outside(),
                                o.clipped()))
                .orElse(",,,"));
        csv.append(',');
        Optional<TagEffect.Estimate> control = e.diagnostics().negativeControl();
        csv.append(control.map(c -> Double.toString(c.p())).orElse(""));
        csv.append(',').append(quoted(e.refusal().orElse(""))).append('\n');
      }
    }
    for (ConceptFold.Step step : stored.steps()) {
      TagContrast contrast = step.concept();
      csv.append("model,").append(quoted(contrast.column())).append(',');
      csv.append(quoted(contrast.level())).append(',').append(quoted(contrast.reference()));
      csv.append(",,").append(comma(step.size())).append(",,,,,,,\n");
    }
    return csv.toString();
  }

  private static String comma(Interval i) {
    return i.point() + "," + i.low() + "," + i.high();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
