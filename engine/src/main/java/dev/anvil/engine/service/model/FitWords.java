package dev.anvil.engine.service.model;

import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.predict.Exposure;
import dev.anvil.predict.MetadataChoice;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.PictureGain;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.report.data.FitSummary;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.ModelResult.Coverage;
import dev.anvil.report.data.Skill;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in words what a fit did. */
final class FitWords {
  /** Below this R2 predictions are worse than useless, and nobody should miss it. */
  private static final double ASTRAY = -1;

  private final Campaign campaign;
  private final Fit fit;
  private final String metric;

  FitWords(Campaign campaign, Fit fit) {
    this.campaign = campaign;
    this.fit = fit;
    this.metric = fit.model().description().metric();
  }

  FitSummary summary(
      ModelResult result,
      Optional<PictureGain> gain,
      MetadataChoice columns,
      Optional<Exposure> exposure) {
    List<String> notes = new ArrayList<>();
    exposure.ifPresent(e -> notes.addAll(e.notes(campaign)));
    outliers().ifPresent(notes::add);
    astray(result).ifPresent(notes::add);
    result.coverage().filter(Coverage::fellShort).ifPresent(c -> notes.add(shortfall(c)));
    result.newAccounts().ifPresent(c -> notes.add(ofNewAccounts(c)));
    return new FitSummary(metric, learned(), chosen(result), result.skill(), gain, columns, notes);
  }

  private String learned() {
    TargetTransform transform = fit.model().transform();
    int unmeasured = 0;
    int early = 0;
    int alone = 0;
    double[] target = fit.target();
    for (int i = 0; i < target.length; i++) {
      Post post = campaign.posts().get(i);
      if (post.metric(metric).isEmpty()) {
        unmeasured++;
      } else if (transform.leftOut(post.time())) {
        early++;
      } else if (Double.isNaN(target[i])) {
        alone++;
      }
    }
    List<String> left = new ArrayList<>();
    add(left, unmeasured, "without a value");
    add(
        left,
        early,
        "from before "
            + transform
                .state()
                .options()
                .since()
                .map(LocalDateTime::toLocalDate)
                .orElse(LocalDate.MIN)
            + ", while the audience grew");
    add(
        left,
        alone,
        fit.model()
            .accounts()
            .map(a -> "without a %s, or the only one of theirs".formatted(a.column()))
            .orElse("with too few posts in the twelve months before"));
    String dates =
        campaign.isDated()
            ? " (%s to %s)"
                .formatted(
                    campaign.posts().get(0).time().orElseThrow().toLocalDate(),
                    campaign.last().orElseThrow().toLocalDate())
            : " (without dates, so without a trend)";
    return "Learned %s from %d of the %d posts of \"%s\"%s%s."
        .formatted(
            metric,
            fit.fitRows().length,
            target.length,
            campaign.name(),
            dates,
            left.isEmpty() ? "" : "; left out: " + String.join(", ", left));
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private String chosen(ModelResult result) {
    if (FewPosts.are(campaign, metric)) {
      return FewPosts.needed(campaign, metric);
    }
    String does = result.skill().map(Skill::sentence).orElse("It could not be tested.");
    String held =
        result
            .coverage()
            .map(
                c ->
                    String.format(
                        Locale.ROOT,
                        " Its %.0f %% intervals held %.0f %% of the %d %s.",
                        100 * c.aim(),
                        100 * c.achieved(),
                        c.posts(),
                        c.newest() ? "newest posts" : "posts"))
            .orElse("");
    return "Chose %s. %s%s".formatted(result.regressor(), does, held);
  }

  private Optional<String> outliers() {
    double cap = fit.model().transform().state().options().cap();
    boolean relative = fit.model().accounts().isPresent();
    List<Double> above =
        Arrays.stream(fit.model().values(campaign.posts())).filter(v -> v > cap).boxed().toList();
    return fit.model().transform().state().history().stream().noneMatch(o -> o.value() > cap)
            || above.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d %s as %.6g%s, the largest of the others, so that %s not decide the fit: %s.",
                above.size(),
                above.size() == 1 ? "post counts" : "posts count",
                cap,
                relative ? " times the usual" : "",
                above.size() == 1 ? "it does" : "they do",
                String.join(
                    ", ",
                    Arrays.stream(above.stream().mapToDouble(v -> v).toArray())
                        .mapToObj(v -> String.format(Locale.ROOT, relative ? "%.3g" : "%.0f", v))
                        .toList())));
  }

  private static Optional<String> astray(ModelResult result) {
    return result.evaluations().stream()
        .filter(e -> e.regressor().equals(result.regressor()) && e.r2().point() < ASTRAY)
        .findFirst()
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "Warning: on the %s split predictions are far off (R2 %.1f). The posts tested"
                        + " there are at another level than those learned from; do not trust"
                        + " predicted amounts.",
                    e.split(),
                    e.r2().point()));
  }

  private static String ofNewAccounts(Coverage coverage) {
    return String.format(
        Locale.ROOT,
        "For posts of accounts that it never saw, %.0f %% intervals around what is usual there held"
            + " %.0f %% of %d posts.",
        100 * coverage.aim(),
        100 * coverage.achieved(),
        coverage.posts());
  }

  private static String shortfall(Coverage coverage) {
    return String.format(
        Locale.ROOT,
        "Warning: prediction intervals of %.0f %% held only %.0f %% of the %d %s. They are too"
            + " narrow for posts like these.",
        100 * coverage.aim(),
        100 * coverage.achieved(),
        coverage.posts(),
        coverage.newest() ? "newest posts" : "posts");
  }
}
