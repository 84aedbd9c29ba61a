package dev.anvil.report.section;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.Experiments;
import dev.anvil.report.data.Experiments.Tags;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.study.plant.PlantResult.Bar;
import dev.anvil.study.plant.PlantResult.Planting;
import dev.anvil.study.plant.PlantResult.Recovered;
import dev.anvil.tags.TagEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Effects of known size, planted in posts: does the model recover them? */
public final class ExperimentsSection implements Section {
  private static final List<String> SIZES =
      List.of("#b9bbbf", "#9ecae1", "#4292c6", "#08519c", "#08306b");
  private static final int MOST_TAGS = 30;

  @Override
  public String id() {
    return "experiments";
  }

  @Override
  public String title() {
    return "Known effects";
  }

  @Override
  public Html of(ReportData data) {
    Experiments done = data.experiments();
    if (done.isEmpty()) {
      return Html.NONE;
    }
    List<Html> parts = new ArrayList<>();
    for (int i = 0; i < done.plantings().size(); i++) {
      parts.add(planting(done.plantings().get(i), "planting-" + (i + 1), data.heading()));
    }
    if (!done.calibrations().isEmpty()) {
      parts.add(calibrations(data));
    }
    if (!done.tags().isEmpty()) {
      parts.add(tags(done.tags()));
    }
    return Html.of(
        """
        <section id="experiments"><h2>Does the method recover known effects?</h2>
        <p class="lede">Effects of known size were added to posts, to measure how much of them the \
        model recovers. Estimates from tags alone are shown for comparison.</p>{}</section>""",
        Html.join(parts));
  }

  private static Html planting(PlantResult result, String id, Heading heading) {
    return Html.of(
        """
        <details open><summary><h3>{} {}: effects planted</h3></summary>
        <p>{}</p>
        <div class="pair"><figure>{}<figcaption>{}</figcaption></figure>{}</div>
        {}</details>""",
        Words.capital(result.factor()),
        result.level(),
        said(result, heading),
        bars(result, id, heading).html(),
        Html.join(keys(result)),
        recovered(result),
        posts(result));
  }

  private static String said(PlantResult result, Heading heading) {
    Planting largest = result.plantings().get(result.plantings().size() - 1);
    long followers =
        largest.contrasts().stream()
            .filter(r -> !isOwn(result, r.effect()))
            .filter(r -> r.planted() == 0 && r.follows(largest.shift()))
            .count();
    long nil = largest.placebos().stream().filter(Recovered::staysNil).count();
    return ("%s more %s were added to %s of %s posts with the level. The model recovers %s of a small effect."
            + " At %s times the mean, %s without a planted effect moved too, and %d of %d placebos"
            + " stayed at zero.")
        .formatted(
            sizes(result),
            heading.metric(),
            Words.count(result.marked()),
            Words.count(result.posts()),
            share(result.recovery().slope()),
            times(largest.times()),
            followers == 0 ? "no other contrast" : Words.count((int) followers, "contrast"),
            nil,
            largest.placebos().size());
  }

  private static String sizes(PlantResult result) {
    return Words.list(result.plantings().stream().map(p -> times(p.times())).toList())
        + " times the mean";
  }

  private static String times(double times) {
    return times == Math.rint(times)
        ? Long.toString(Math.round(times))
        : String.format(Locale.ROOT, "%.2g", times);
  }

  private static boolean isOwn(PlantResult result, Effect effect) {
    return effect.factor().equals(result.factor()) && effect.level().equals(result.level());
  }

  private static String share(Interval slope) {
    return "%s (%s to %s)"
        .formatted(
            Words.percent(slope.point()),
            Words.percent(Math.max(0, slope.low())),
            Words.percent(slope.high()));
  }

  /**
   * The paper's Figs 1, 2 and 7: mean predictions on each level's variants, by what was planted.
   */
  private static Chart bars(PlantResult result, String id, Heading heading) {
    List<Double> sizes = result.bars().stream().map(Bar::times).distinct().sorted().toList();
    List<Row> rows = new ArrayList<>();
    for (Bar bar : result.bars()) {
      if (!bar.pictures().equals(Bar.WITH) && !bar.pictures().equals(Bar.OTHERS)) {
        rows.add(
            Row.of("level", bar.pictures())
                .and("planted", label(bar.times()))
                .and("colour", colour(sizes, bar.times()))
                .and("low", bar.metric().low())
                .and("point", bar.metric().point())
                .and("high", bar.metric().high())
                .and(
                    "words",
                    "%s, %s: %s %s"
                        .formatted(
                            bar.pictures(),
                            label(bar.times()),
                            Words.count((int) Math.round(bar.metric().point())),
                            heading.metric())));
      }
    }
    return new Chart(
        id,
        "planting",
        "Predicted %s of the variants of each %s, before and after planting in %s."
            .formatted(heading.metric(), result.factor(), result.level()),
        Map.of("bars", rows));
  }

  private static String label(double times) {
    return times == 0 ? "not planted" : times(times) + "\u00d7 planted";
  }

  private static String colour(List<Double> sizes, double times) {
    return SIZES.get(Math.min(SIZES.size() - 1, sizes.indexOf(times)));
  }

  private static List<Html> keys(PlantResult result) {
    List<Double> sizes = result.bars().stream().map(Bar::times).distinct().sorted().toList();
    return sizes.stream().map(t -> VerdictStyle.key("block", colour(sizes, t), label(t))).toList();
  }

  private static Html recovered(PlantResult result) {
    Table table = new Table("Planted and recovered effects", "Planted", "#Expected", "#Recovered");
    for (Planting planting : result.plantings()) {
      planting.contrasts().stream()
          .filter(r -> isOwn(result, r.effect()))
          .findFirst()
          .ifPresent(
              r ->
                  table.row(
                      times(planting.times()) + "\u00d7 the mean",
                      deviations(r.planted()),
                      deviations(r.effect().target().point())));
    }
    return Html.of(
        """
        <div>{}<p class="note">In standard deviations of the target. Expected: what a perfect model \
        would recover.</p></div>""",
        table.html());
  }

  private static String deviations(double value) {
    return String.format(Locale.ROOT, "%+.2f", value).replace('-', '\u2212');
  }

  private static Html posts(PlantResult result) {
    return result
        .identification()
        .map(
            found ->
                Html.of(
                    "<p class=\"note\">Posts were labelled by the rule \u201c{}\u201d: precision {},"
                        + " recall {}.</p>",
                    result.rule().words(),
                    Words.percent(found.precision()),
                    Words.percent(found.recall())))
        .orElse(
            Html.of(
                "<p class=\"note\">Posts were labelled by the rule \u201c{}\u201d.</p>",
                result.rule().words()));
  }

  private static Html calibrations(ReportData data) {
    Table table =
        new Table(
            "Calibration of each effect", "Contrast", "#Model alone", "#Recovered", "#Calibrated");
    for (FactorResult factor : data.factors()) {
      for (EffectResult result : factor.sorted()) {
        data.experiments().calibrations().stream()
            .filter(c -> c.isOf(result.effect()))
            .findFirst()
            .ifPresent(c -> table.row(cells(factor, result, c)));
      }
    }
    return Html.of(
        """
        <details><summary><h3>Calibration by planted effects</h3></summary>
        <p>Small effects were planted in each contrast. The model\u2019s effect divided by the recovered \
        fraction is a second estimate, beside the bias-corrected one above.</p>{}</details>""",
        table.html());
  }

  private static Object[] cells(FactorResult factor, EffectResult result, Calibration c) {
    double alone = result.uncorrected().orElse(result.effect().relative().point());
    return new Object[] {
      result.effect().factor() + ": " + factor.label(result.effect()),
      Words.change(alone),
      c.recovery().map(r -> share(r.slope())).orElse("\u2013"),
      c.relative()
          .map(r -> "%s (%s)".formatted(Words.change(r.point()), Words.range(r)))
          .orElse(c.reason())
    };
  }

  private static Html tags(List<Tags> methods) {
    List<String> heads = new ArrayList<>(List.of("Tag"));
    methods.forEach(m -> heads.add("#" + m.method()));
    Table table = new Table("Effects of tags", heads.toArray(String[]::new));
    List<TagEffect> first = methods.get(0).effects();
    for (int i = 0; i < Math.min(MOST_TAGS, first.size()); i++) {
      List<Object> row = new ArrayList<>();
      row.add(
          "%s %s vs %s"
              .formatted(first.get(i).column(), first.get(i).level(), first.get(i).reference()));
      for (Tags method : methods) {
        Optional<TagEffect.Estimate> estimate = method.effects().get(i).estimate();
        row.add(
            estimate
                .map(
                    e ->
                        "%s (%s to %s)"
                            .formatted(
                                deviations(e.target().point()),
                                deviations(e.target().low()),
                                deviations(e.target().high())))
                .orElse("refused"));
      }
      table.row(row.toArray());
    }
    return Html.of(
        """
        <details><summary><h3>Effects of tags, without edits</h3></summary>
        <p>Associations between the posts\u2019 tags and the metric, in standard deviations of the target. \
        They need not be causal.</p>{}</details>""",
        table.html());
  }
}
