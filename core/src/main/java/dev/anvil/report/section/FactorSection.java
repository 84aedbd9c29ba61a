package dev.anvil.report.section;

import static java.util.Objects.requireNonNull;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.PictureStrip;
import dev.anvil.report.data.PictureStrip.Frame;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One factor: its forest plot, its table and its pictures.
 *
 * @param factor one of the report's
 */
public record FactorSection(FactorResult factor, String id) implements Section {
  public FactorSection {
    requireNonNull(factor, "factor is null");
    requireNonNull(id, "id is null");
  }

  @Override
  public String title() {
    return factor.title();
  }

  @Override
  public Html of(ReportData data) {
    Heading heading = data.heading();
    if (factor.effects().isEmpty()) {
      return section(factor, id, Html.of("<p>No effect of this factor was estimated.</p>"));
    }
    Html body =
        Html.of(
            """
            <p class="lede">Change in expected {}, against the same pictures with {}.</p>
            <div class="pair">
            <figure>{}<figcaption>{}</figcaption></figure>
            {}
            </div>
            <p class="note">{}</p>
            {}""",
            heading.metric(),
            factor.control(),
            EffectCharts.forest(id + "-forest", factor, heading).html(),
            key(factor, heading),
            table(data),
            origin(factor),
            strips(factor));
    return section(factor, id, body);
  }

  private static String origin(FactorResult factor) {
    return factor
        .corrected()
        .map(
            how ->
                ("Effects are bias-corrected: half of the model\u2019s effect of the edit, plus the mean "
                        + "residual of posts with the level. Labels of posts come from %s. The "
                        + "column \u201cModel alone\u201d shows the uncorrected effect, which is "
                        + "usually too small.")
                    .formatted(how))
        .orElse(
            "These effects are not bias-corrected, because it is unknown which posts show which "
                + "level. They are effects on the model\u2019s prediction and usually too small.");
  }

  private static Html section(FactorResult factor, String id, Html body) {
    return Html.of(
        "<section id=\"{}\" class=\"factor\"><h2>{}</h2>{}</section>", id, factor.title(), body);
  }

  private static Html key(FactorResult factor, Heading heading) {
    List<Html> keys = new ArrayList<>();
    keys.add(
        VerdictStyle.key(
            "line-dot",
            VerdictStyle.BLUE,
            "effect with %s interval"
                .formatted(Words.level(factor.effects().get(0).effect().relative()))));
    if (factor.effects().stream()
        .anyMatch(result -> VerdictStyle.isHollow(result.effect().verdict()))) {
      keys.add(VerdictStyle.key("ring", VerdictStyle.GREY, "hollow: not resolved or invalid"));
    }
    keys.add(
        VerdictStyle.key(
            "band",
            "#e6e1d4",
            "less than %s either way: no practical effect"
                .formatted(Words.percent(heading.smallestEffect()))));
    if (factor.effects().stream().anyMatch(result -> result.truth().isPresent())) {
      keys.add(VerdictStyle.key("diamond", "#22252a", "true effect of the simulated world"));
    }
    if (factor.effects().stream().anyMatch(result -> result.exact().isPresent())) {
      keys.add(VerdictStyle.key("tick", "#22252a", "estimate on exact counterfactual pictures"));
    }
    return Html.join(keys);
  }

  private Html table(ReportData data) {
    boolean truth = factor.effects().stream().anyMatch(result -> result.truth().isPresent());
    List<String> heads =
        new ArrayList<>(
            List.of("Level", "#Effect", "Verdict", "#Adjusted p", "#Creatives", "#Detectable"));
    if (truth) {
      heads.add(heads.indexOf("Verdict") + 1, "#True");
    }
    boolean seen = factor.effects().stream().anyMatch(result -> result.uncorrected().isPresent());
    if (seen) {
      heads.add(2, "#Model alone");
    }
    Table table = new Table("Effects of " + factor.title(), heads.toArray(String[]::new));
    for (EffectResult result : factor.sorted()) {
      Effect effect = result.effect();
      List<Object> cells = new ArrayList<>();
      cells.add(PictureLink.ofLevel(data, effect.factor(), effect.level(), factor.label(effect)));
      cells.add(
          Html.of(
              "<b>{}</b> <span class=\"range\">{}</span>",
              Words.change(effect.relative().point()),
              Words.range(effect.relative())));
      if (seen) {
        cells.add(change(result.uncorrected()));
      }
      cells.add(VerdictStyle.pill(effect.verdict()));
      if (truth) {
        cells.add(change(result.truth()));
      }
      cells.add(Words.probability(effect.adjustedP()));
      cells.add(Words.count(effect.sources()));
      cells.add(Words.percent(effect.minimumDetectable()));
      table.row(cells.toArray());
    }
    return table.html();
  }

  private static String change(OptionalDouble value) {
    return value.isPresent() ? Words.change(value.getAsDouble()) : "\u2013";
  }

  private static Html strips(FactorResult factor) {
    if (factor.strips().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <h3>The pictures</h3>
        <p class="note">Each row shows one creative: the original, the edited element, the \
        control, and the variants with their predicted change against the control.</p>
        {}""",
        Html.join(factor.strips().stream().map(FactorSection::strip).toList()));
  }

  private static Html strip(PictureStrip strip) {
    return Html.of(
        "<div class=\"strip\"><p>{}</p><ol tabindex=\"0\" aria-label=\"{}\">{}</ol></div>",
        strip.title(),
        "Pictures of " + strip.title(),
        Html.join(strip.frames().stream().map(FactorSection::frame).toList()));
  }

  private static Html frame(Frame frame) {
    Html change = frame.change().isPresent() ? change(frame.change().getAsDouble()) : Html.NONE;
    return Html.of(
        """
        <li class="{}"><img src="{}" alt="{}"><span>{}</span>{}</li>""",
        Words.lower(frame.kind()),
        frame.picture().dataUri(),
        frame.label(),
        frame.label(),
        change);
  }

  private static Html change(double change) {
    String words = Words.change(change);
    String kind = words.startsWith("+") ? "up" : words.startsWith(Words.MINUS) ? "down" : "";
    return Html.of("<b class=\"{}\">{}</b>", kind, words);
  }
}
