package dev.anvil.report.section;

import dev.anvil.report.data.EditCheckRow;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.spec.StudySpec;
import java.util.OptionalDouble;

/** Placebos and edit checks, in words. */
public final class ChecksSection implements Section {
  /** Smaller shares would be printed as 0 %. */
  private static final double LEAST = .001;

  @Override
  public String id() {
    return "checks";
  }

  @Override
  public String title() {
    return "Checks";
  }

  @Override
  public Html of(ReportData data) {
    if (data.placebos().isEmpty() && data.editChecks().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="checks"><h2>Can the edits be trusted?</h2>
        <p class="lede">An effect is only as good as the edit behind it. Placebos are edits that \
        should have no effect. Edit checks test whether the change appeared, stayed inside its \
        element, and left no artefacts that the model could respond to.</p>
        {}{}</section>""",
        placebos(data),
        edits(data));
  }

  private static Html placebos(ReportData data) {
    if (data.placebos().isEmpty()) {
      return Html.NONE;
    }
    Table table = new Table("Placebos", "Placebo", "#Effect", "Result", "In words", "#Adjusted p");
    for (Effect placebo : data.placebos()) {
      table.row(
          PictureLink.ofLevel(
              data, placebo.factor(), placebo.level(), Words.capital(name(placebo))),
          Html.of(
              "<b>{}</b> <span class=\"range\">{}</span>",
              Words.change(placebo.relative().point()),
              Words.range(placebo.relative())),
          result(placebo),
          inWords(placebo, data.heading()),
          Words.probability(placebo.adjustedP()));
    }
    return Html.of("<h3>Placebos</h3>{}", table.html());
  }

  /** Several factors may have a null edit each; other placebos have names of their own. */
  private static String name(Effect placebo) {
    return placebo.level().equals(StudySpec.NULL_EDIT)
        ? placebo.level() + " of " + placebo.factor()
        : placebo.level();
  }

  private static Html result(Effect placebo) {
    return switch (placebo.verdict()) {
      case NO_PRACTICAL_EFFECT -> VerdictStyle.pill(true);
      case NOT_RESOLVED -> VerdictStyle.pill("not_resolved", "?", "not resolved");
      case HELPS, HURTS -> VerdictStyle.pill(false);
      case INVALID -> VerdictStyle.pill(Verdict.INVALID);
    };
  }

  private static String inWords(Effect placebo, Heading heading) {
    String smallest = Words.percent(heading.smallestEffect());
    return switch (placebo.verdict()) {
      case NO_PRACTICAL_EFFECT -> "No practical effect: smaller than " + smallest;
      case NOT_RESOLVED -> "No effect found, but too few pictures to rule out " + smallest;
      case HELPS, HURTS -> "Changes the prediction, although it should not";
      case INVALID -> "The edit failed, so there is no result";
    };
  }

  private static Html edits(ReportData data) {
    if (data.editChecks().isEmpty()) {
      return Html.NONE;
    }
    Table table =
        new Table(
            "Edit checks",
            "Edit",
            "Result",
            "Why",
            "#Level appeared",
            "#Changed outside",
            "#Drift",
            "#Probe AUC",
            "#Variants");
    for (EditCheckRow check : data.editChecks()) {
      table.row(
          PictureLink.ofLevel(
              data, check.factor(), check.level(), check.factor() + ": " + check.level()),
          VerdictStyle.pill(check.passed()),
          check.reason().isEmpty() ? "Works as intended" : Words.capital(check.reason()),
          Words.percent(check.effective()),
          outside(check),
          check.drift().isPresent() ? Words.decimals(check.drift().getAsDouble(), 3) : "\u2013",
          decimal(check.probeAuc()),
          Words.count(check.variants()));
    }
    return Html.of(
        """
        <h3>Edit checks</h3>{}
        <p class="note">Changed outside: share of the pixels outside the edited region that differ \
        from the source, averaged over the variants. Drift: how far a null edit moves the picture\u2019s embedding. \
        Probe AUC: how well a classifier separates null edits from originals; 0.50 means not at all.</p>""",
        table.html());
  }

  private static String outside(EditCheckRow check) {
    if (check.spilled() == 0) {
      return Words.percent(0);
    }
    return "%s%s, in %s of %s variants"
        .formatted(
            check.outside() < LEAST ? "<\u00a0" : "",
            Words.percent(Math.max(check.outside(), LEAST)),
            Words.count(check.spilled()),
            Words.count(check.variants()));
  }

  private static String decimal(OptionalDouble value) {
    return value.isPresent() ? Words.decimal(value.getAsDouble()) : "\u2013";
  }
}
