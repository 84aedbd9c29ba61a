package dev.anvil.cli;

import dev.anvil.engine.outcome.TagBaselines;
import dev.anvil.inside.ConceptFold;
import dev.anvil.stats.Interval;
import dev.anvil.table.TableWriter;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagEffect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What tags are worth, as text and as CSV files. */
final class BaselineTables {
  private static final String IMPORTANCES = "tag-importances.csv";
  private static final String EFFECTS = "tag-effects.csv";
  private static final int PRINTED = 10;

  /** The cells that a step of the model has nothing to say of. */
  private static final List<Object> UNKNOWN = Collections.nCopies(7, null);

  private BaselineTables() {}

  /** Writes both tables into the workspace's folder; the text shows the most important rows. */
  static String write(TagBaselines kept, Path folder) throws IOException {
    writeImportances(kept, folder.resolve(IMPORTANCES));
    writeEffects(kept, folder.resolve(EFFECTS));
    StringBuilder text = new StringBuilder();
    for (TagBaselines.Importances importances : kept.importances()) {
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
    kept.effects().forEach(e -> heads.add(e.method()));
    heads.add("the model's view of it");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < kept.effects().get(0).effects().size(); i++) {
      TagContrast contrast = kept.effects().get(0).effects().get(i).contrast();
      List<String> row = new ArrayList<>(List.of(name(contrast)));
      for (TagBaselines.Effects method : kept.effects()) {
        row.add(
            method
                .effects()
                .get(i)
                .estimate()
                .map(e -> EncoderTable.show(e.target()))
                .orElse("refused"));
      }
      row.add(
          kept.steps().stream()
              .filter(step -> step.concept().equals(contrast))
              .findFirst()
              .map(step -> EncoderTable.show(step.size()))
              .orElse("refused"));
      rows.add(row);
    }
    text.append("%n".formatted()).append(Tables.text(heads, rows));
    return text.append(
            "What is associated with the metric, not what causes it (docs/baselines.md)."
                + " All results: ")
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

  private static void writeImportances(TagBaselines kept, Path file) throws IOException {
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
        kept.importances().stream()
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

  private static void writeEffects(TagBaselines kept, Path file) throws IOException {
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
            kept.effects().stream()
                .flatMap(method -> method.effects().stream().map(e -> row(method.method(), e))),
            kept.steps().stream().map(BaselineTables::row)));
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
