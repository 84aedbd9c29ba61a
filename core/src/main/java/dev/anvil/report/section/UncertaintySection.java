package dev.anvil.report.section;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;

/** Where the uncertainty comes from and what would lessen it. */
public final class UncertaintySection implements Section {
  @Override
  public String id() {
    return "uncertainty";
  }

  @Override
  public String title() {
    return "Uncertainty";
  }

  @Override
  public Html of(ReportData data) {
    if (data.effects().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="uncertainty"><h2>Where the uncertainty comes from</h2>
        <p class="lede">Each bar splits the variance of one estimate. More creatives reduce the first \
        part, more seeds per creative the second, and more training posts the third.</p>
        <div class="pair">
        <figure>{}<figcaption>{}{}{}</figcaption></figure>
        {}
        </div></section>""",
        EffectCharts.variance("variance", data.factors()).html(),
        VerdictStyle.key("block", VerdictStyle.CREATIVES, "creatives"),
        VerdictStyle.key("block", VerdictStyle.SEEDS, "seeds of the edit"),
        VerdictStyle.key("block", VerdictStyle.REFITS, "training sample"),
        needed(data));
  }

  private static Html needed(ReportData data) {
    Table table =
        new Table(
            "Creatives needed to resolve contrasts",
            "Not resolved",
            "#Creatives now",
            "#To resolve");
    for (FactorResult factor : data.factors()) {
      for (EffectResult result : factor.sorted()) {
        Effect effect = result.effect();
        if (effect.verdict() == Verdict.NOT_RESOLVED) {
          table.row(
              PictureLink.ofLevel(
                  data,
                  effect.factor(),
                  effect.level(),
                  effect.factor() + ": " + factor.label(effect)),
              Words.count(effect.sources()),
              effect.sourcesToResolve().isPresent()
                  ? Words.count(effect.sourcesToResolve().getAsInt())
                  : "\u2013");
        }
      }
    }
    if (table.isEmpty()) {
      return Html.of("<p>Every contrast is resolved. No further creatives are needed.</p>");
    }
    return Html.of(
        """
        <div>{}<p class="note">Total number of creatives needed to resolve an effect of the estimated size with \
        80\u00a0% power.</p></div>""",
        table.html());
  }
}
