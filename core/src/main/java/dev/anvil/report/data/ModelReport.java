package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.predict.Conformal;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.target.Observation;
import dev.anvil.predict.target.RollingMean;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.report.data.ModelResult.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a report shows of a fitted model; kept with it, so that reports need not fit again.
 *
 * @param model how well regressors predict
 * @param posts every post of the campaign, oldest first
 */
public record ModelReport(ModelResult model, List<PostResult> posts) {
  public ModelReport {
    requireNonNull(model, "model is null");
    posts = List.copyOf(posts);
  }

  /**
   * Gathers a fit's results.
   *
   * @param posts of the campaign, in the order of the fit
   * @param evaluations regressors by splits, in the order of the table
   * @param conformal intervals for posts of accounts that were learned from
   * @param newAccounts those for posts of other accounts
   */
  public static ModelReport of(
      List<Post> posts,
      Fit fit,
      List<EvaluationRow> evaluations,
      Optional<Conformal> conformal,
      Optional<Conformal> newAccounts) {
    TargetTransform transform = fit.model().transform();
    String metric = fit.model().description().metric();
    List<Observation> history = transform.state().history();
    RollingMean rollingMean = new RollingMean(history, transform.leaking(), 1);
    boolean several = fit.model().accounts().isPresent();
    double[] predicted = fit.unseenPredictions();
    boolean[] fitted = new boolean[posts.size()];
    IntStream.of(fit.fitRows()).forEach(i -> fitted[i] = true);
    List<PostResult> rows = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      Post post = posts.get(i);
      rows.add(
          new PostResult(
              post.id(),
              post.creative(),
              post.time(),
              fitted[i],
              post.metric(metric),
              several ? fit.model().usual(post) : rollingMean.at(post.time()),
              known(fit.target()[i]),
              known(predicted[i]),
              fit.model().metric(post, predicted[i])));
    }
    return new ModelReport(
        new ModelResult(
            fit.model().description().trainer(),
            evaluations,
            conformal.map(Coverage::of),
            fit.accounts(posts),
            newAccounts.map(Coverage::of)),
        rows);
  }

  /** Rows of the table from an evaluation, each regressor's name followed by a suffix. */
  public static List<EvaluationRow> rows(dev.anvil.predict.Evaluation evaluation, String suffix) {
    return evaluation.results().stream()
        .map(
            r ->
                new EvaluationRow(
                    r.trainer() + suffix,
                    r.split().name(),
                    r.split().train().length,
                    r.split().test().length,
                    r.metrics().rmse(),
                    r.metrics().r2(),
                    r.metrics().mae(),
                    r.metrics().spearman(),
                    r.metrics().pairAccuracy()))
        .toList();
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
