package dev.anvil.report.section;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.Heading;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts of effects: the forest plot of a factor (the paper's Fig 8) and the variance split. */
final class EffectCharts {
  private static final int PARTS = 3;

  private EffectCharts() {}

  static Chart forest(String id, FactorResult factor, Heading heading) {
    Map<String, List<Row>> data = new LinkedHashMap<>();
    double smallest = heading.smallestEffect();
    data.put("band", List.of(Row.of("low", -smallest).and("high", smallest)));
    data.put("zero", List.of(Row.of("at", 0.0)));
    data.put("effects", new ArrayList<>());
    data.put("exact", new ArrayList<>());
    data.put("truth", new ArrayList<>());
    List<String> words = new ArrayList<>();
    for (EffectResult result : factor.sorted()) {
      Effect effect = result.effect();
      String level = factor.label(effect);
      String said =
          "%s %s (%s), %s"
              .formatted(
                  level,
                  Words.change(effect.relative().point()),
                  Words.range(effect.relative()),
                  effect.verdict().words());
      words.add(said);
      data.get("effects")
          .add(
              interval(level, effect.relative(), said)
                  .and("colour", VerdictStyle.colour(effect.verdict()))
                  .and("fill", VerdictStyle.fill(effect.verdict())));
      result
          .exact()
          .ifPresent(
              exact ->
                  data.get("exact")
                      .add(
                          interval(
                              level,
                              exact,
                              "%s on exact counterfactual pictures: %s"
                                  .formatted(level, Words.change(exact.point())))));
      result
          .truth()
          .ifPresent(
              truth ->
                  data.get("truth")
                      .add(
                          Row.of("level", level)
                              .and("at", truth)
                              .and(
                                  "words",
                                  "true effect of %s: %s".formatted(level, Words.change(truth)))));
    }
    return new Chart(
        id,
        "forest",
        "Effects of %s on %s: %s."
            .formatted(Words.small(factor.title()), heading.metric(), String.join("; ", words)),
        words.size(),
        data);
  }

  private static Row interval(String level, Interval interval, String words) {
    return Row.of("level", level)
        .and("low", interval.low())
        .and("point", interval.point())
        .and("high", interval.high())
        .and("words", words);
  }

  static Chart variance(String id, List<FactorResult> factors) {
    List<Row> rows = new ArrayList<>();
    for (FactorResult factor : factors) {
      for (EffectResult result : factor.sorted()) {
        Effect effect = result.effect();
        String name = effect.factor() + ": " + factor.label(effect);
        rows.add(share(name, 0, "creatives", effect.variance().source(), VerdictStyle.CREATIVES));
        rows.add(share(name, 1, "seeds", effect.variance().seed(), VerdictStyle.SEEDS));
        rows.add(share(name, 2, "refits", effect.variance().refit(), VerdictStyle.REFITS));
      }
    }
    return new Chart(
        id,
        "variance",
        "Share of each estimate's variance that comes from creatives, seeds and refits.",
        rows.size() / PARTS,
        Map.of("shares", rows));
  }

  private static Row share(String name, int order, String part, double share, String colour) {
    return Row.of("name", name)
        .and("order", order)
        .and("share", share)
        .and("colour", colour)
        .and("words", "%s: %s from %s".formatted(name, Words.percent(share), part));
  }
}
