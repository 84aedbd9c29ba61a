package dev.anvil.cli;

import dev.anvil.cli.Sensitivity.Variation;
import dev.anvil.report.section.Html;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Effects under every change, as a table, as CSV and as a page with one plot. */
final class SensitivityPage {
  private static final List<String> COLOURS =
      List.of(
          "#22252a", "#0072b2", "#d55e00", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00");
  private static final int LEFT = 230;
  private static final int WIDTH = 640;
  private static final int LINE = 9;
  private static final int GAP = 12;

  private static final String PAGE =
      """
      <!doctype html><html lang=en><meta charset=utf-8><title>{}</title><style>
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;
      color:#22252a;background:#fffdf8}
      table{border-collapse:collapse;margin:1rem 0 2rem}
      th,td{padding:.25rem .8rem;text-align:right;border-bottom:1px solid #e3ded2}
      th:first-child,td:first-child{text-align:left}
      svg text{font:12px system-ui}
      h1{font:600 28px Georgia,serif}p{max-width:42rem}
      </style><h1>{}</h1>
      <p>Effects as the study has them, and with one thing changed that should not matter. What
      moves far with such a change is not known as well as its interval says.</p>
      <table><tr><th>changed<th>of the effects survives<th>same sign<th>inside the interval<th>contrasts
      {}
      </table>
      {}
      </html>
      """;

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
    StringBuilder text = new StringBuilder();
    int wide = variations.stream().mapToInt(v -> v.name().length()).max().orElse(0) + 2;
    String head = "%-" + wide + "s %-10s %-10s %-22s %s%n";
    text.append(
        String.format(
            head, "changed", "survives", "same sign", "inside its interval", "contrasts"));
    for (Variation other : variations.subList(1, variations.size())) {
      Agreement agreement = Agreement.of(variations.get(0), other);
      text.append(
          String.format(
              head,
              other.name(),
              percent(agreement.slope()),
              percent(agreement.sameSign()),
              percent(agreement.inside()),
              agreement.contrasts()));
    }
    return text.toString();
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String csv(List<Variation> variations) {
    StringBuilder csv =
        new StringBuilder("changed,factor,level,reference,low,effect,high,verdict\n");
    for (Variation v : variations) {
      for (Effect e : v.effects()) {
        csv.append(
            String.format(
                Locale.ROOT,
                "\"%s\",\"%s\",\"%s\",\"%s\",%s,%s,%s,%s%n",
                quoted(v.name()),
                quoted(e.factor()),
                quoted(e.level()),
                quoted(e.reference()),
                e.relative().low(),
                e.relative().point(),
                e.relative().high(),
                e.verdict().words()));
      }
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return text.replace("\"", "\"\"");
  }

  static String html(String title, List<Variation> variations) {
    List<Html> rows = new ArrayList<>();
    for (int v = 1; v < variations.size(); v++) {
      Agreement agreement = Agreement.of(variations.get(0), variations.get(v));
      rows.add(
          Html.of(
              "<tr><td><span style=\"color:{}\">&#9679;</span> {}<td>{}<td>{}<td>{}<td>{}",
              colour(v),
              variations.get(v).name(),
              percent(agreement.slope()),
              percent(agreement.sameSign()),
              percent(agreement.inside()),
              agreement.contrasts()));
    }
    return Html.of(PAGE, title, title, Html.join(rows), plot(variations)).toString();
  }

  private static String colour(int variation) {
    return COLOURS.get(variation % COLOURS.size());
  }

  private static Html plot(List<Variation> variations) {
    double low = 0;
    double high = 0;
    for (Variation v : variations) {
      for (Effect e : v.effects()) {
        if (Double.isFinite(e.relative().low()) && Double.isFinite(e.relative().high())) {
          low = Math.min(low, e.relative().low());
          high = Math.max(high, e.relative().high());
        }
      }
    }
    Scale scale = new Scale(low, high);
    List<Html> marks = new ArrayList<>();
    int y = 24;
    for (Effect effect : variations.get(0).effects()) {
      int top = y;
      for (int v = 0; v < variations.size(); v++) {
        if (variations.get(v).same(effect).isPresent()) {
          marks.add(mark(scale, variations.get(v).same(effect).get().relative(), y, colour(v), v == 0));
          y += LINE;
        }
      }
      marks.add(
          Html.of(
              "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} {}</text>",
              LEFT - 12,
              (top + y - LINE) / 2 + 4,
              effect.factor(),
              effect.level()));
      y += GAP;
    }
    return Html.of(
        "<svg viewBox=\"0 0 {} {}\" width=\"100%\" role=\"img\" aria-label=\"Effects under every change\">{}{}</svg>",
        LEFT + WIDTH + 20, y + 10, grid(scale, y), Html.join(marks));
  }

  private static Html grid(Scale scale, int bottom) {
    return Html.join(
        scale.ticks().stream()
            .map(
                tick ->
                    Html.of(
                        "<line x1=\"{}\" x2=\"{}\" y1=\"16\" y2=\"{}\" stroke=\"{}\"/>"
                            + "<text x=\"{}\" y=\"12\" text-anchor=\"middle\" fill=\"#666\">{} %</text>",
                        scale.at(tick),
                        scale.at(tick),
                        bottom,
                        tick == 0 ? "#888" : "#e3ded2",
                        scale.at(tick),
                        String.format(Locale.ROOT, "%+.0f", 100 * tick)))
            .toList());
  }

  private static Html mark(Scale scale, Interval i, int y, String colour, boolean strong) {
    if (!Double.isFinite(i.low()) || !Double.isFinite(i.high())) {
      return Html.NONE;
    }
    return Html.of(
        "<line x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>"
            + "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
        scale.at(i.low()),
        scale.at(i.high()),
        y,
        y,
        colour,
        strong ? "2.5" : "1.2",
        scale.at(i.point()),
        y,
        strong ? 4 : 3,
        colour);
  }

  /** From relative effects to places. */
  private record Scale(double low, double high) {
    String at(double value) {
      double place = LEFT + WIDTH * (value - low) / Math.max(1e-9, high - low);
      return String.format(Locale.ROOT, "%.1f", place);
    }

    List<Double> ticks() {
      double step = .1;
      while ((high - low) / step > 10) {
        step *= 2;
      }
      List<Double> ticks = new ArrayList<>();
      for (long k = (long) Math.ceil(low / step); k * step <= high; k++) {
        ticks.add(k * step);
      }
      return ticks;
    }
  }
}
