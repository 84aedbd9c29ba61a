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

/** The same contrasts four ways: the truth, exact counterfactuals, plain editors, generative ones. */
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
    for (EffectResult generative : results.generative().effects()) {
      if (generative.truth().isPresent()) {
        double truth = generative.truth().getAsDouble();
        add(pairs, EXACT, generative.exact(), truth);
        add(pairs, DETERMINISTIC, deterministic(generative.effect()), truth);
        add(pairs, GENERATIVE, Optional.of(generative.effect().relative()), truth);
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
        .ifPresent(
            i -> pairs.computeIfAbsent(way, w -> new ArrayList<>()).add(new Pair(i, truth)));
  }

  private Optional<Interval> deterministic(Effect effect) {
    ReportData other = results.deterministic();
    return other.effects().stream()
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
    for (EffectResult generative : results.generative().effects()) {
      Effect effect = generative.effect();
      effects.row(
          "%s: %s against %s".formatted(effect.factor(), effect.level(), effect.reference()),
          generative.truth().isPresent()
              ? Words.change(generative.truth().getAsDouble())
              : "\u2013",
          cell(generative.exact()),
          cell(deterministic(effect)),
          cell(Optional.of(effect.relative())));
    }
    return Html.of(
        """
        <section id="four-ways"><h2>The same effects four ways</h2>
        <p class="lede">What generative edits add to the error: the same contrasts on pictures rendered \
        again, which only differ in what was changed, and by editors that paint nothing anew.</p>
        {}<details><summary><h3>Every contrast</h3></summary>{}</details></section>""",
        near.html(),
        effects.html());
  }

  private static Html cell(Optional<Interval> interval) {
    return interval
        .map(
            i ->
                Html.of(
                    "{} <span class=\"range\">{}</span>",
                    Words.change(i.point()),
                    Words.range(i)))
        .orElse(Html.text("\u2013"));
  }
}
