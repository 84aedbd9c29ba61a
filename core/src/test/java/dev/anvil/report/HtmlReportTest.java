package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.report.data.EvaluationRow;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Sample;
import dev.anvil.report.data.Variants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  @Test
  void equalDataGivesEqualBytes() {
    assertThat(HtmlReport.render(Sample.full())).isEqualTo(HtmlReport.render(Sample.full()));
  }

  @Test
  void isOneFileOfModestSizeThatNamesNoOtherResource() {
    String html = HtmlReport.render(Sample.full());

    assertThat(html.length()).isLessThan(2_000_000);
    assertThat(html).doesNotContainPattern("<(script|link|img|iframe)[^>]+(src|href)=\"(?!data:)");
    assertThat(html).contains("University of Washington Interactive Data Lab");
  }

  @Test
  void textFromOutsideIsEscapedEverywhere() {
    String html = HtmlReport.render(Variants.hostile());

    assertThat(html).doesNotContain("<img src=x").doesNotContain("<script>window.hacked");
    assertThat(html).contains("&lt;img src=x onerror=&quot;window.hacked=1&quot;&gt;&#39;&amp;");
  }

  @Test
  void everyScriptElementIsClosedByItsOwnEndOnly() {
    String html = HtmlReport.render(Variants.hostile());

    assertThat(count(html, "<script[ >]")).isEqualTo(count(html, "</script>"));
  }

  @Test
  void changesOutsideAreGivenAsAShareOfPixelsAndANumberOfVariants() {
    assertThat(HtmlReport.render(Sample.full())).contains("0.2\u00a0%, in 9 of 114 variants");
  }

  @Test
  void sectionsWithoutDataAreLeftOut() {
    String html = HtmlReport.render(Variants.least());

    for (String id : List.of("factor-1", "checks", "uncertainty", "model", "data")) {
      assertThat(html).doesNotContain("<section id=\"" + id).doesNotContain("href=\"#" + id);
    }
    assertThat(html).contains("<section id=\"provenance\"").doesNotContain("Read with care");
  }

  @Test
  void truthAndCounterfactualsAreNamedOnlyWhereThereAreSome() {
    assertThat(HtmlReport.render(Sample.full()))
        .contains("true effect of the simulated world", "exact counterfactual pictures");
    assertThat(HtmlReport.render(Variants.levels(9)))
        .doesNotContain("true effect of the simulated world")
        .doesNotContain("exact counterfactual pictures")
        .doesNotContain("<h3>The pictures")
        .contains("Every contrast is resolved");
  }

  @Test
  void aFactorWithoutEffectsSaysSo() {
    ReportData empty = Variants.levels(0);

    assertThat(HtmlReport.render(empty)).contains("No effect of this factor was estimated.");
  }

  @Test
  void numbersThatAreNotFiniteAreShownAsUnknown() {
    ReportData full = Sample.full();
    ModelResult model = full.model().orElseThrow();
    EvaluationRow row = model.evaluations().get(0);
    EvaluationRow infinite =
        new EvaluationRow(
            "odd",
            "random",
            1,
            1,
            row.rmse(),
            new dev.anvil.stats.Interval(Double.NEGATIVE_INFINITY, 0, 1, .95),
            row.mae(),
            Optional.empty(),
            Optional.empty());
    ReportData data =
        new ReportData(
            full.heading(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(new ModelResult("odd", List.of(infinite), Optional.empty())),
            List.of(),
            Optional.empty(),
            full.provenance(),
            List.of());

    assertThat(HtmlReport.render(data)).contains("\u2212\u221e to 1.00").doesNotContain("NaN to");
  }

  private static long count(String text, String pattern) {
    return java.util.regex.Pattern.compile(pattern).matcher(text).results().count();
  }
}
