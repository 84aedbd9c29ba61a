package dev.anvil.cli;

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
import dev.anvil.table.TableWriter;
import dev.anvil.tags.DoubleMl;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagDirection;
import dev.anvil.tags.TagEffect;
import dev.anvil.tags.TagEstimator;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is compared with and not used: a forest, an MLP, regressors on tags, importances and effects
 * of tags (METHOD 2, 6 and 7).
 */
final class Baselines {
  static final String ARGUMENT = "baselines";
  private static final String IMPORTANCES = "tag-importances.csv";
  private static final String EFFECTS = "tag-effects.csv";
  private static final int PRINTED = 10;

  /** The cells that a step of the model has nothing to say of. */
  private static final List<Object> UNKNOWN = Collections.nCopies(7, null);

  /**
   * All that is stored of a fit's tags.
   *
   * @param importances by regressor
   * @param effects by method
   * @param steps what the model makes of the same contrasts, where it could be told
   */
  record Stored(
      List<Importances> importances, List<Effects> effects, List<ConceptFold.Step> steps) {}

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
    session
        .workspace()
        .artefacts()
        .putJson(run, ARGUMENT, Session.json().writeValueAsString(stored));
  }

  static Stored stored(Session session, long run) throws IOException {
    return Session.json()
        .readValue(session.workspace().artefacts().json(run, ARGUMENT).orElseThrow(), Stored.class);
  }

  /** Writes both tables into the workspace's folder; the text shows the most important rows. */
  static String written(Session session, long run) throws IOException {
    Stored stored = stored(session, run);
    Path folder = session.workspace().folder();
    writeImportances(stored, folder.resolve(IMPORTANCES));
    writeEffects(stored, folder.resolve(EFFECTS));
    StringBuilder text = new StringBuilder();
    for (Importances importances : stored.importances()) {
      text.append("%n%n".formatted())
          .append(
              Tables.text(
                  List.of(
                      importances.regressor() + " (tags)",
                      "error when shuffled",
                      "share of gain [95 %]"),
                  importances.columns().stream()
                      .limit(PRINTED)
                      .map(i -> List.of(i.column(), precise(i.permutation()), precise(i.gain())))
                      .toList()));
    }
    List<String> heads = new ArrayList<>(List.of("effect of tags, in SD of the target [95 %]"));
    stored.effects().forEach(e -> heads.add(e.method()));
    heads.add("by the model");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < stored.effects().get(0).effects().size(); i++) {
      TagContrast contrast = stored.effects().get(0).effects().get(i).contrast();
      List<String> row = new ArrayList<>(List.of(name(contrast)));
      for (Effects method : stored.effects()) {
        row.add(
            method
                .effects()
                .get(i)
                .estimate()
                .map(e -> EncoderTable.show(e.target()))
                .orElse("refused"));
      }
      row.add(
          stored.steps().stream()
              .filter(step -> step.concept().equals(contrast))
              .findFirst()
              .map(step -> EncoderTable.show(step.size()))
              .orElse("refused"));
      rows.add(row);
    }
    text.append("%n".formatted()).append(Tables.text(heads, rows));
    return text.append(
            "Associations, not causes (docs/baselines.md). All values are in ")
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

  private static void writeImportances(Stored stored, Path file) throws IOException {
    TableWriter.csv(
        file,
        List.of(
            "regressor",
            "column",
            "gain",
            "gain_low",
            "gain_high",
            "permutation",
            "permutation_low",
            "permutation_high"),
        stored.importances().stream()
            .flatMap(
                importances ->
                    importances.columns().stream()
                        .map(
                            i -> {
                              List<Object> row =
                                  new ArrayList<>(List.of(importances.regressor(), i.column()));
                              row.addAll(ends(i.gain()));
                              row.addAll(ends(i.permutation()));
                              return row;
                            })));
  }

  private static void writeEffects(Stored stored, Path file) throws IOException {
    TableWriter.csv(
        file,
        List.of(
            "method",
            "column",
            "level",
            "reference",
            "posts",
            "effect",
            "low",
            "high",
            "p",
            "effective_posts",
            "effective_reference",
            "outside",
            "clipped",
            "negative_control_p",
            "refused"),
        Stream.concat(
            stored.effects().stream()
                .flatMap(method -> method.effects().stream().map(e -> row(method.method(), e))),
            stored.steps().stream().map(Baselines::row)));
  }

  private static List<Object> row(String method, TagEffect e) {
    List<Object> row =
        TableWriter.row(method, e.column(), e.level(), e.reference(), e.diagnostics().posts());
    List<Object> cells = new ArrayList<>(row);
    cells.addAll(e.estimate().map(s -> ends(s.target())).orElse(UNKNOWN.subList(0, 3)));
    cells.add(e.estimate().map(TagEffect.Estimate::p).orElse(null));
    cells.addAll(
        e.diagnostics()
            .overlap()
            .map(
                o ->
                    TableWriter.row(
                        o.effectiveSample(), o.effectiveReference(), o.outside(), o.clipped()))
            .orElse(UNKNOWN.subList(0, 4)));
    cells.add(e.diagnostics().negativeControl().map(TagEffect.Estimate::p).orElse(null));
    cells.add(e.refusal().orElse(null));
    return cells;
  }

  private static List<Object> row(ConceptFold.Step step) {
    TagContrast contrast = step.concept();
    List<Object> cells =
        new ArrayList<>(
            TableWriter.row(
                "model", contrast.column(), contrast.level(), contrast.reference(), null));
    cells.addAll(ends(step.size()));
    cells.addAll(UNKNOWN);
    return cells;
  }

  private static List<Object> ends(Interval i) {
    return List.of(i.point(), i.low(), i.high());
  }
}
