package dev.anvil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.engine.outcome.TagBaselines;
import dev.anvil.inside.ConceptFold;
import dev.anvil.predict.regressor.ColumnImportance;
import dev.anvil.stats.Interval;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What tags are worth, as text and as CSV files. */
final class BaselineTables {
  private static final String IMPORTANCES = "tag-importances.csv";
  private static final String EFFECTS = "tag-effects.csv";
  private static final int PRINTED = 10;

  private BaselineTables() {}

  /** Writes both tables into the workspace's folder; the text shows the most important rows. */
  static String write(TagBaselines kept, Path folder) throws IOException {
    Files.writeString(folder.resolve(IMPORTANCES), importancesCsv(kept), UTF_8);
    Files.writeString(folder.resolve(EFFECTS), effectsCsv(kept), UTF_8);
    StringBuilder text = new StringBuilder();
    for (TagBaselines.Importances importances : kept.importances()) {
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
    kept.effects().forEach(e -> text.append("%-22s".formatted(e.method())));
    text.append("what the model makes of it\n");
    int rows = kept.effects().get(0).effects().size();
    for (int i = 0; i < rows; i++) {
      TagContrast contrast = kept.effects().get(0).effects().get(i).contrast();
      text.append("%-44s".formatted(name(contrast)));
      for (TagBaselines.Effects method : kept.effects()) {
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
          kept.steps().stream()
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

  private static String importancesCsv(TagBaselines kept) {
    StringBuilder csv =
        new StringBuilder(
            "regressor,column,gain,gain_low,gain_high,permutation,permutation_low,permutation_high\n");
    for (TagBaselines.Importances importances : kept.importances()) {
      for (ColumnImportance i : importances.columns()) {
        csv.append(importances.regressor()).append(',').append(quoted(i.column()));
        csv.append(',').append(comma(i.gain())).append(',').append(comma(i.permutation()));
        csv.append('\n');
      }
    }
    return csv.toString();
  }

  private static String effectsCsv(TagBaselines kept) {
    StringBuilder csv =
        new StringBuilder(
            "method,column,level,reference,posts,effect,low,high,p,effective_posts,"
                + "effective_reference,outside,clipped,negative_control_p,refused\n");
    for (TagBaselines.Effects method : kept.effects()) {
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
    for (ConceptFold.Step step : kept.steps()) {
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
