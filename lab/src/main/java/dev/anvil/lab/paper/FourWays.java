package dev.anvil.lab.paper;

import dev.anvil.lab.paper.Agreement.Pair;
import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.Words;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same contrasts four ways: the truth, exact counterfactuals, plain editors, generative ones.
 */
public final class FourWays {
  private static final String EXACT = "Exact counterfactuals";
  private static final String DETERMINISTIC = "Deterministic editors";
  private static final String GENERATIVE = "Generative edits";

  private final PaperResults results;

  /** Of what the paper's experiments gave. */
  public FourWays(PaperResults results) {
    this.results = results;
  }

  /** How near each way comes to the truth, over the contrasts that it states. */
  public Map<String, Agreement> agreement() {
    Map<String, List<Pair>> pairs = new LinkedHashMap<>();
    for (EffectResult exact : results.exact().effects()) {
      if (exact.truth().isPresent()) {
        double truth = exact.truth().getAsDouble();
        add(pairs, EXACT, Optional.of(exact.effect().relative()), truth);
        add(pairs, DETERMINISTIC, deterministic(exact.effect()), truth);
        add(pairs, GENERATIVE, generative(exact.effect()), truth);
      }
    }
    Map<String, Agreement> out = new LinkedHashMap<>();
    pairs.forEach((way, found) -> out.put(way, Agreement.of(found)));
    return out;
  }

  private static void add(
      Map<String, List<Pair>> pairs, String way, Optional<Interval> found, double truth) {
    found
        .filter(i -> Double.isFinite(i.low()) && Double.isFinite(i.high()))
        .ifPresent(i -> pairs.computeIfAbsent(way, w -> new ArrayList<>()).add(new Pair(i, truth)));
  }

  private Optional<Interval> deterministic(Effect effect) {
    return same(results.deterministic(), effect);
  }

  private Optional<Interval> generative(Effect effect) {
    return results.generative().flatMap(data -> same(data, effect));
  }

  private static Optional<Interval> same(ReportData data, Effect effect) {
    return data.effects().stream()
        .map(EffectResult::effect)
        .filter(effect::sameContrast)
        .map(Effect::relative)
        .findFirst();
  }

  /** The page's section. */
  Html section() {
    Table near =
        new Table(
            "How near each way comes to the truth",
            "Way",
            "#Contrasts",
            "#Intervals that hold the truth",
            "#Slope on the truth",
            "#Root mean squared error");
    agreement()
        .forEach(
            (way, a) ->
                near.row(
                    way,
                    a.effects(),
                    a.inside(),
                    Words.decimal(a.slope()),
                    Words.percent(a.error())));
    Table effects =
        new Table(
            "Effects four ways",
            "Contrast",
            "#Truth",
            "#" + EXACT,
            "#" + DETERMINISTIC,
            "#" + GENERATIVE);
    for (EffectResult exact : results.exact().effects()) {
      Effect effect = exact.effect();
      effects.row(
          "%s: %s against %s".formatted(effect.factor(), effect.level(), effect.reference()),
          exact.truth().isPresent() ? Words.change(exact.truth().getAsDouble()) : "\u2013",
          cell(Optional.of(effect.relative())),
          cell(deterministic(effect)),
          cell(generative(effect)));
    }
    return Html.of(
        """
        <section id="four-ways"><h2>The same effects, several ways</h2>
        <p class="lede">What editing adds to the error: the same contrasts on pictures rendered again, which \
        differ only in what was changed, by editors that paint nothing anew, and by generative \
        edits.</p>
        {}{}<details><summary><h3>Every contrast</h3></summary>{}</details></section>""",
        near.html(),
        results.generative().isPresent()
            ? Html.NONE
            : Html.of("<p class=\"note\">{}</p>", PaperPage.NOT_MADE),
        effects.html());
  }

  private static Html cell(Optional<Interval> interval) {
    return interval
        .map(
            i ->
                Html.of(
                    "{} <span class=\"range\">{}</span>", Words.change(i.point()), Words.range(i)))
        .orElse(Html.text("\u2013"));
  }
}
