package dev.anvil.lab.paper;

import dev.anvil.ask.Answer;
import dev.anvil.report.HtmlPage;
import dev.anvil.report.data.DataHealth;
import dev.anvil.report.data.EvaluationRow;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.PostResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.ChecksSection;
import dev.anvil.report.section.ExperimentsSection;
import dev.anvil.report.section.FactorSection;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.ModelCharts;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paper's tables and figures beside what was measured here, as one HTML page. */
public final class PaperPage {
  static final String NOT_MADE =
      "Generative edits were not made: the packs showroom-sd and showroom-controlnet-seg are not"
          + " there. tools/training makes them; anvil models add installs them.";

  private final PaperResults results;
  private final String version;

  /**
   * The page of some results.
   *
   * @param version of Anvil
   */
  public PaperPage(PaperResults results, String version) {
    this.results = results;
    this.version = version;
  }

  /** The page as text. */
  public String html() {
    ReportData main = results.main();
    List<Html> body = new ArrayList<>();
    body.add(tableOne());
    body.add(figures3And5(main));
    body.add(
        chapter(
            "figure-8",
            "Figures 6 and 8: what drives the likes",
            "The paper segments a picture with OneFormer, paints the element anew with Stable"
                + " Diffusion and a ControlNet, and reads the change off the regressor. "
                + (results.generative().isPresent()
                    ? "Here the same networks do it for colours and settings, trained on renders of"
                        + " this showroom. Types of cars and people that they paint are not"
                        + " recognised well enough yet, so these are shown on pictures rendered"
                        + " again."
                    : "Here OneFormer finds the element, and editors that paint nothing anew change it. "
                        + NOT_MADE)
                + " Rings: the same contrast on pictures rendered again. Diamonds: the truth."));
    body.addAll(factors(main, "effect"));
    results.exact().factors().stream()
        .filter(f -> main.factors().stream().noneMatch(m -> m.factor().equals(f.factor())))
        .forEach(f -> body.add(new FactorSection(f, "exact-" + f.factor()).of(results.exact())));
    body.add(new FourWays(results).section());
    body.add(new ChecksSection().of(main));
    body.add(
        chapter(
            "planted",
            "Figures 1, 2, 7 and Table II: planted effects",
            "The paper adds 1, 2 and 5 times the mean likes to posts with a red car, a forest or a"
                + " person, refits, and looks at variants that no refit saw."));
    body.add(new ExperimentsSection().of(main));
    body.add(probing());
    body.add(
        chapter(
            "generated",
            "Pictures made from words",
            results
                .generated()
                .map(
                    g ->
                        "Nothing of these pictures was ever posted: each is made from a sentence,"
                            + " and a variant changes one word of it and keeps the seed.")
                .orElse(NOT_MADE)));
    results.generated().ifPresent(data -> body.addAll(factors(data, "generated")));
    return HtmlPage.of(
        "The paper on the showroom",
        Html.of(
            "<header>{}</header><main>{}</main>{}",
            header(),
            Html.join(body),
            HtmlPage.footer("Anvil " + version)));
  }

  private static Html header() {
    return Html.of(
        """
        <p class="kicker">Explainable Digital Creatives Performance Monitoring using Deep Feature \
        Attribution <span>on the showroom</span></p>
        <h1>The paper, figure by figure</h1>
        <p class="deck">Every experiment of the paper, run on a campaign whose likes are simulated, \
        so that each estimate stands beside the truth.</p>
        <aside class="meaning"><h2>What is the same and what is not</h2><p>The method is the \
        paper's. The campaign is not: 1,349 renders of cars instead of a car maker's posts. The \
        networks are of the paper's classes, but small, and trained on such renders only. Numbers \
        of the paper and numbers from here therefore stand side by side to be compared in kind, \
        not in size.</p></aside>
        <nav aria-label="Contents"><a href="#table-1">Table I</a><a href="#figures-3-5">Figures 3 and \
        5</a><a href="#figure-8">Figures 6 and 8</a><a href="#four-ways">Several ways</a>\
        <a href="#planted">Figures 1, 2, 7 and Table II</a><a href="#words">Text probing</a>\
        <a href="#generated">Pictures from words</a></nav>""");
  }

  private static Html chapter(String id, String title, String words) {
    return Html.of(
        "<section id=\"{}\"><h2>{}</h2><p class=\"lede\">{}</p></section>", id, title, words);
  }

  private Html tableOne() {
    Table table =
        new Table(
            "Table I of the paper and the same here",
            "Encoder in the paper",
            "#RMSE",
            "#R²",
            "#MAE",
            "Encoder here",
            "#RMSE ",
            "#R² ",
            "#MAE ",
            "#R², new pictures",
            "#R², Anvil\u2019s choice");
    for (TableOne row : results.tableOne()) {
      Optional<EvaluationRow> trees = row.papersRegressor();
      table.row(
          row.paper().encoder(),
          Words.decimal(row.paper().rmse()),
          Words.decimal(row.paper().r2()),
          Words.decimal(row.paper().mae()),
          row.encoder().text(),
          trees.map(r -> Words.decimal(r.rmse().point())).orElse("\u2013"),
          trees.map(r -> Words.decimal(r.r2().point())).orElse("\u2013"),
          trees.map(r -> Words.decimal(r.mae().point())).orElse("\u2013"),
          row.papersRegressorOnNewPictures()
              .map(r -> Words.decimal(r.r2().point()))
              .orElse("\u2013"),
          row.chosenRegressor()
              .map(
                  r ->
                      "%s (%s)"
                          .formatted(
                              Words.decimal(r.r2().point()),
                              row.fit().report().model().regressor()))
              .orElse("\u2013"));
    }
    return Html.of(
        """
        <section id="table-1"><h2>Table I: how well pictures predict</h2>
        <p class="lede">1,000 trees of depth 7 at rate 0.1 on the embedding and the metadata, on a \
        target normalised by a twelve-month rolling mean, cube-rooted and standardised.</p>{}
        <p class="note">RMSE, R² and MAE: random split, as in the paper. New pictures: near-duplicate \
        pictures stay on one side of the split. Anvil\u2019s choice: the regressor that predicts \
        such pictures best, on the same split.</p></section>""",
        table.html());
  }

  private static Html figures3And5(ReportData data) {
    List<PostResult> predicted = ModelCharts.predicted(data.posts());
    return Html.of(
        """
        <section id="figures-3-5"><h2>Figures 3 and 5: target and prediction</h2>
        <figure><h3>Likes over time</h3><p class="axis">One dot per post; the line is the mean of the \
        twelve months before</p>{}</figure>
        <div class="columns" style="margin-top:48px">
        <figure><h3>Target and prediction</h3><p class="axis">Posts by size of the target</p>{}
        <figcaption>{}{}</figcaption></figure>
        <figure><h3>Predicted against measured</h3><p class="axis">Measured target \u2191, predicted \
        \u2192</p>{}<figcaption>{}</figcaption></figure></div></section>""",
        ModelCharts.timeline("paper-timeline", data, data.health().flatMap(DataHealth::cut)).html(),
        ModelCharts.histogram("paper-histogram", predicted).html(),
        VerdictStyle.key("block", VerdictStyle.PALE, "target"),
        VerdictStyle.key("block", VerdictStyle.BLUE, "prediction"),
        ModelCharts.scatter("paper-scatter", predicted).html(),
        VerdictStyle.key("dot", VerdictStyle.BLUE, Words.count(predicted.size(), "unseen post")));
  }

  private static List<Html> factors(ReportData data, String prefix) {
    List<Html> sections = new ArrayList<>();
    for (FactorResult factor : data.factors()) {
      sections.add(new FactorSection(factor, prefix + "-" + factor.factor()).of(data));
    }
    return sections;
  }

  private Html probing() {
    Table table =
        new Table("Text probing", "Rather this", "than this", "Effect", "#Truth", "#Known words");
    for (int i = 0; i < results.answers().size(); i++) {
      Answer answer = results.answers().get(i);
      table.row(
          answer.first(),
          answer.second(),
          answer
              .effect()
              .map(
                  e ->
                      "%s (%s), %s"
                          .formatted(
                              Words.change(e.relative().point()),
                              Words.range(e.relative()),
                              e.verdict().words()))
              .orElse("not answered: " + String.join("; ", answer.refusals())),
          Words.change(results.answersTruth().get(i)),
          Words.percent(answer.known()));
    }
    return Html.of(
        """
        <section id="words"><h2>Text probing</h2>
        <p class="lede">Two sentences go through CLIP\u2019s text tower into the regressor. No \
        picture is edited.</p>{}
        <p class="note">Such effects are usually too small: the step from one sentence to the other \
        is not the step from one picture to the other.</p></section>""",
        table.html());
  }
}
