package dev.anvil.cli;

import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.monitor.Challenge;
import dev.anvil.monitor.EffectHistory;
import dev.anvil.monitor.EffectsOverTime;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.Evidence.DropDelay;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.Kept;
import dev.anvil.monitor.Watch;
import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What monitoring found, as it is printed. */
final class MonitorText {
  private MonitorText() {}

  static String of(MonitorOutcome outcome) {
    Evidence found = outcome.evidence();
    StringBuilder text = new StringBuilder();
    outcome.toDo().forEach(sentence -> text.append(sentence).append(System.lineSeparator()));
    text.append(
        "%nLater posts: %d; with their %s: %d; waiting for it: %d.%n"
            .formatted(
                found.posts().all(),
                found.metric(),
                found.posts().mature(),
                found.posts().waiting()));
    found.afterwards().ifPresent(kept -> text.append(afterwards(kept, found.metric())));
    if (!found.watches().isEmpty()) {
      text.append(System.lineSeparator()).append(watches(found.watches()));
    }
    found
        .pictures()
        .drift()
        .ifPresent(
            p ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%nPictures: distinguished from the training pictures with an AUC of %.2f"
                            + " (0.5: not at all), p %.3f by permuting %s.%n",
                        p.auc(),
                        p.p(),
                        p.block() == 1 ? "months" : "blocks of %d months".formatted(p.block()))));
    if (!found.fatigue().isEmpty()) {
      text.append(System.lineSeparator()).append(fatigue(found.fatigue()));
    }
    if (!found.delays().isEmpty()) {
      text.append(System.lineSeparator()).append(delays(found));
    }
    found.effects().ifPresent(e -> text.append(System.lineSeparator()).append(effects(e)));
    found.challenge().ifPresent(c -> text.append(System.lineSeparator()).append(challenge(c)));
    outcome.notes().forEach(note -> text.append(System.lineSeparator()).append(note));
    return text.append("%nReport: %s".formatted(outcome.page())).toString();
  }

  private static String afterwards(Kept kept, String metric) {
    return String.format(
        Locale.ROOT,
        "Of %d intervals of posts that were first seen with their %s, %.0f %%"
            + " contain it; these were not promises.%n",
        kept.posts(),
        metric,
        100 * kept.share().point());
  }

  private static String watches(List<Watch> watches) {
    List<List<?>> rows = new ArrayList<>();
    for (Watch w : watches) {
      double evidence = w.points().stream().mapToDouble(Watch.Point::evidence).max().orElse(0);
      rows.add(
          List.of(
              w.name(),
              w.pace().name().toLowerCase(Locale.ROOT),
              w.points().size(),
              Tables.cell("%.2f", evidence),
              w.alarm().map(day -> "alarm " + day).orElse("quiet")));
    }
    return Tables.text(List.of("watched", "by", "periods", "evidence (alarm at 1)", "state"), rows);
  }

  private static String fatigue(List<Fatigue> found) {
    List<List<?>> rows = new ArrayList<>();
    for (Fatigue f : found) {
      boolean known = f.verdict() != Fatigue.Verdict.TOO_FEW_POSTS;
      rows.add(
          List.of(
              f.name(),
              f.posts(),
              known
                  ? Tables.cell(
                      "%+.0f %% [%+.0f, %+.0f]",
                      100 * f.slope().point(), 100 * f.slope().low(), 100 * f.slope().high())
                  : "-",
              known ? Tables.cell("%.0f %%", 100 * f.detectable()) : "-",
              f.verdict().words()));
    }
    return Tables.text(
            List.of("element", "posts", "change in a quarter [95 %]", "detectable", "verdict"),
            rows)
        + "Over the last year, against other posts of the same months.\n";
  }

  private static String effects(EffectsOverTime found) {
    List<String> heads = new ArrayList<>(List.of("effect"));
    found.periods().forEach(p -> heads.add(p.name()));
    heads.add("p of no change");
    List<List<?>> rows = new ArrayList<>();
    for (EffectHistory h : found.effects()) {
      List<Object> row = new ArrayList<>(List.of(h.factor() + " " + h.level()));
      found.periods().forEach(p -> row.add(h.at(p).map(MonitorText::interval).orElse("-")));
      row.add(
          h.p()
              .map(p -> Tables.cell("%.3f", p) + (h.changed() ? " changed" : ""))
              .orElse("not tested"));
      rows.add(row);
    }
    StringBuilder text = new StringBuilder(Tables.text(heads, rows));
    found.leftOut().forEach(note -> text.append(note).append(System.lineSeparator()));
    return text.toString();
  }

  private static String challenge(Challenge c) {
    String verdict =
        switch (c.verdict()) {
          case BETTER -> "better";
          case WORSE -> "worse";
          case NOT_RESOLVED -> "not resolved";
          case TOO_FEW_POSTS -> "too few months to tell";
        };
    return String.format(
        Locale.ROOT,
        "Fitted again before each of %d months (%d posts): mean squared error %.2f,"
            + " compared with %.2f of the model in use; monthly gain %+.2f%s: %s.%n",
        c.months(),
        c.posts(),
        c.challenger(),
        c.inUse(),
        c.gain().point(),
        Double.isFinite(c.gain().low()) && Double.isFinite(c.gain().high())
            ? String.format(Locale.ROOT, " [%+.2f, %+.2f]", c.gain().low(), c.gain().high())
            : "",
        verdict);
  }

  private static String interval(Interval effect) {
    return Tables.cell(
        "%+.0f %% [%+.0f, %+.0f]", 100 * effect.point(), 100 * effect.low(), 100 * effect.high());
  }

  private static String delays(Evidence o) {
    List<List<?>> rows = new ArrayList<>();
    for (DropDelay d : o.delays()) {
      rows.add(
          List.of(
              Tables.cell("%.0f %%", 100 * d.drop()),
              Tables.cell("%.0f %%", 100 * d.delay().found()),
              d.delay().weeks().isPresent()
                  ? Tables.cell("%.0f weeks", d.delay().weeks().getAsDouble())
                  : "more than a year"));
    }
    return Tables.text(
            List.of("drop of " + o.metric(), "found within a year", "half of them after"), rows)
        + String.format(
            Locale.ROOT,
            "By simulation on this campaign's own residuals, with at most one false"
                + " alarm in %s years.%n",
            Tables.number(o.years()));
  }
}
