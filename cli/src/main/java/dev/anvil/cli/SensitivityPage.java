package dev.anvil.cli;

import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.report.HtmlPage;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.study.effect.Effect;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Effects under every change, as a table, as CSV and as a page with one plot. */
final class SensitivityPage {
  private static final List<String> COLOURS =
      List.of(
          "#22252a", "#0072b2", "#d55e00", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00");

  private SensitivityPage() {}

  /**
   * How much of the effects is agreement, over all contrasts.
   *
   * @param slope least squares of the effects on those of the study as it is, through zero
   * @param sameSign share of the effects that helped or hurt whose sign is the same
   * @param inside share of effects that lie in the interval of the study as it is
   * @param contrasts that both draw
   */
  record Agreement(double slope, double sameSign, double inside, int contrasts) {
    static Agreement of(Variation base, Variation other) {
      double cross = 0;
      double squares = 0;
      int clear = 0;
      int same = 0;
      int inside = 0;
      int contrasts = 0;
      for (Effect effect : base.effects()) {
        if (other.same(effect).isPresent()) {
          double was = effect.relative().point();
          double is = other.same(effect).get().relative().point();
          cross += was * is;
          squares += was * was;
          boolean found = effect.relative().low() > 0 || effect.relative().high() < 0;
          clear += found ? 1 : 0;
          same += found && was * is > 0 ? 1 : 0;
          inside += effect.relative().contains(is) ? 1 : 0;
          contrasts++;
        }
      }
      return new Agreement(
          cross / squares,
          clear == 0 ? Double.NaN : (double) same / clear,
          (double) inside / contrasts,
          contrasts);
    }
  }

  static String text(List<Variation> variations) {
    List<List<?>> rows = new ArrayList<>();
    for (Variation other : variations.subList(1, variations.size())) {
      Agreement agreement = Agreement.of(variations.get(0), other);
      rows.add(
          List.of(
              other.name(),
              percent(agreement.slope()),
              percent(agreement.sameSign()),
              percent(agreement.inside()),
              agreement.contrasts()));
    }
    return Tables.text(
        List.of("changed", "survives", "same sign", "inside its interval", "contrasts"), rows);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static void csv(List<Variation> variations, Path file) throws IOException {
    TableWriter.csv(
        file,
        List.of("changed", "factor", "level", "reference", "low", "effect", "high", "verdict"),
        variations.stream()
            .flatMap(
                v ->
                    v.effects().stream()
                        .map(
                            e ->
                                List.of(
                                    v.name(),
                                    e.factor(),
                                    e.level(),
                                    e.reference(),
                                    e.relative().low(),
                                    e.relative().point(),
                                    e.relative().high(),
                                    e.verdict().words()))));
  }

  /**
   * The page.
   *
   * @param bound smallest effect of interest, as a share of the metric
   */
  static String html(String title, double bound, List<Variation> variations) {
    Table table =
        new Table(
            "How much of the effects survives each change",
            "Changed",
            "#Survives",
            "#Same sign",
            "#Inside its interval",
            "#Contrasts");
    for (int v = 1; v < variations.size(); v++) {
      Agreement agreement = Agreement.of(variations.get(0), variations.get(v));
      table.row(
          key(v, variations.get(v).name()),
          percent(agreement.slope()),
          percent(agreement.sameSign()),
          percent(agreement.inside()),
          agreement.contrasts());
    }
    List<Html> keys = new ArrayList<>();
    for (int v = 0; v < variations.size(); v++) {
      keys.add(key(v, variations.get(v).name()));
    }
    return HtmlPage.of(
        title,
        Html.of(
            """
            <header><h1>{}</h1>
            <p class="deck">Effects of the study, and of the study with one change that should not \
            matter. An effect that moves far under such a change is less certain than its interval \
            says.</p></header>
            <main>
            <section><h2>What survives</h2>{}
            <p class="note">Survives: slope of the effects on those of the original study. Same \
            sign: fraction of the effects that help or hurt. Inside its interval: fraction of all \
            effects that lie in the interval of the original study.</p></section>
            <section><h2>Every effect under every change</h2>
            <figure>{}<figcaption>{}</figcaption></figure></section>
            </main>
            {}
            """,
            title,
            table.html(),
            chart(bound, variations).html(),
            Html.join(keys),
            HtmlPage.footer("Anvil " + VersionCommand.version())));
  }

  private static Html key(int variation, String name) {
    return Html.of(
        "<span class=\"key\" style=\"--c:{}\"><i class=\"line-dot\"></i>{}</span>",
        COLOURS.get(variation % COLOURS.size()),
        name);
  }

  private static Chart chart(double bound, List<Variation> variations) {
    List<Row> rows = new ArrayList<>();
    for (Effect effect : variations.get(0).effects()) {
      for (int v = 0; v < variations.size(); v++) {
        String name = variations.get(v).name();
        String colour = COLOURS.get(v % COLOURS.size());
        int width = v == 0 ? 3 : 1;
        variations
            .get(v)
            .same(effect)
            .map(Effect::relative)
            .filter(i -> Double.isFinite(i.low()) && Double.isFinite(i.high()))
            .ifPresent(
                i ->
                    rows.add(
                        Row.of("effect", effect.factor() + " " + effect.level())
                            .and("changed", name)
                            .and("low", i.low())
                            .and("point", i.point())
                            .and("high", i.high())
                            .and("colour", colour)
                            .and("width", width)
                            .and("words", name + ": " + PlantTables.interval(i, 100, 1) + " %")));
      }
    }
    return new Chart(
        "effects",
        "sensitivity",
        "Effects with their intervals under every change; the table above summarises" + " them.",
        variations.get(0).effects().size() * (variations.size() + 1),
        Map.of(
            "band", List.of(Row.of("low", -bound).and("high", bound)),
            "zero", List.of(Row.of("at", 0.0)),
            "effects", rows));
  }
}
