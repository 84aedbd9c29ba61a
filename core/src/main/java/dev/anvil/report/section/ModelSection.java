package dev.anvil.report.section;

import dev.anvil.report.data.EvaluationRow;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.PostResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Optional;

/** How well the regressor predicts posts that it has not seen. */
public final class ModelSection implements Section {
  @Override
  public String id() {
    return "model";
  }

  @Override
  public String title() {
    return "Model";
  }

  @Override
  public Html of(ReportData data) {
    List<PostResult> predicted = ModelCharts.predicted(data.posts());
    if (data.model().isEmpty() && predicted.isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="model"><h2>How good is the model?</h2>
        <p class="lede">The effects above come from this model, so they can be no better than the \
        model. It is evaluated on posts that it was not trained on.</p>
        {}{}{}</section>""",
        data.model().map(ModelSection::model).orElse(Html.NONE),
        predicted.isEmpty() ? Html.NONE : figures(predicted),
        data.links()
            .map(
                links ->
                    Html.of(
                        "<p><a href=\"{}\">The posts, those first that did better than"
                            + " expected</a></p>",
                        links.surprises()))
            .orElse(Html.NONE));
  }

  private static Html model(ModelResult model) {
    Table table =
        new Table(
            "Regressors by split",
            "Regressor",
            "Split",
            "#R²",
            "#RMSE",
            "#MAE",
            "#Spearman",
            "#Pairs in order",
            "#Trained / tested");
    List<EvaluationRow> rows = model.evaluations();
    for (int i = 0; i < rows.size(); i++) {
      EvaluationRow evaluation = rows.get(i);
      String regressor = evaluation.regressor();
      boolean used = regressor.equals(model.regressor());
      boolean first = i == 0 || !regressor.equals(rows.get(i - 1).regressor());
      boolean last = i == rows.size() - 1 || !regressor.equals(rows.get(i + 1).regressor());
      table.styledRow(
          (used ? "used" : "") + (first ? " first" : "") + (last ? " last" : ""),
          first ? name(regressor, used) : "",
          evaluation.split(),
          cell(evaluation.r2()),
          cell(evaluation.rmse()),
          cell(evaluation.mae()),
          cell(evaluation.spearman()),
          share(evaluation.pairAccuracy()),
          Words.count(evaluation.trained()) + " / " + Words.count(evaluation.tested()));
    }
    return Html.of(
        """
        <div class="splits">{}</div><p class="note">On the scale of the target (standard deviation 1), with 95\u00a0% \
        intervals. Random split: as in the paper. Temporal: trained on older posts, tested on the newest. \
        Grouped: near-duplicate pictures stay in one part. {}Pairs in order: how often the better of \
        two posts within a month is also predicted to be better.</p>{}{}""",
        table.html(),
        model.accounts().isPresent()
            ? "New groups: posts of whole accounts are left out, so that none of them is known. "
            : "",
        model.coverage().map(ModelSection::coverage).orElse(Html.NONE),
        Html.join(
            model.accounts().stream()
                .flatMap(accounts -> accounts.sentences().stream())
                .map(sentence -> Html.of("<p class=\"note\">{}</p>", sentence))
                .toList()));
  }

  private static Html name(String regressor, boolean used) {
    return used
        ? Html.of("{} <span class=\"tag\">scored the pictures</span>", regressor)
        : Html.text(regressor);
  }

  private static Html cell(Interval interval) {
    return Html.of(
        "{} <span class=\"range\">{} to {}</span>",
        Words.decimal(interval.point()),
        Words.decimal(interval.low()),
        Words.decimal(interval.high()));
  }

  private static Html cell(Optional<Interval> interval) {
    return interval.map(ModelSection::cell).orElse(Html.text("\u2013"));
  }

  private static Html share(Optional<Interval> interval) {
    return interval
        .map(
            i ->
                Html.of(
                    "{} <span class=\"range\">{} to {}</span>",
                    Words.percent(i.point()),
                    Words.percent(i.low()),
                    Words.percent(i.high())))
        .orElse(Html.text("\u2013"));
  }

  private static Html coverage(ModelResult.Coverage coverage) {
    return Html.of(
        """
        <p class="coverage">{} prediction intervals covered <b>{}</b> of the {} {}. \
        This does not hold for edited pictures.</p>""",
        Words.percent(coverage.aim()),
        Words.percent(coverage.achieved()),
        Words.count(coverage.posts()),
        coverage.newest() ? "newest posts" : "posts");
  }

  private static Html figures(List<PostResult> predicted) {
    return Html.of(
        """
        <div class="trio">
        <figure><h3>Target and prediction</h3><p class="axis">Posts by size of the target</p>{}
        <figcaption>{}{}</figcaption></figure>
        <figure><h3>Predicted against measured</h3><p class="axis">Measured target \u2191, predicted \u2192</p>{}
        <figcaption>{}{}</figcaption></figure>
        <figure><h3>Calibration</h3><p class="axis">Mean measured target \u2191, mean prediction \u2192</p>{}
        <figcaption>{}{}</figcaption></figure>
        </div>""",
        ModelCharts.histogram("histogram", predicted).html(),
        VerdictStyle.key("block", VerdictStyle.PALE, "target"),
        VerdictStyle.key("block", VerdictStyle.BLUE, "prediction"),
        ModelCharts.scatter("scatter", predicted).html(),
        VerdictStyle.key("dot", VerdictStyle.BLUE, Words.count(predicted.size(), "unseen post")),
        VerdictStyle.key("dashes", VerdictStyle.GREY, "perfect"),
        ModelCharts.calibration("calibration", predicted).html(),
        VerdictStyle.key(
            "line-dot",
            VerdictStyle.BLUE,
            "equal groups of posts, mean \u00b1 1.96 standard errors"),
        VerdictStyle.key("dashes", VerdictStyle.GREY, "perfect"));
  }
}
