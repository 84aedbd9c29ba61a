package dev.anvil.report.section;

import dev.anvil.report.data.PostResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.Chart.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Charts of posts and predictions (the paper's Figs 3 and 5, scatter and calibration). */
public final class ModelCharts {
  /** More points than this only hide each other; every k-th is drawn. */
  private static final int MOST_POINTS = 2_000;

  private static final int BINS = 28;
  private static final int TENTHS = 10;
  private static final int FEWEST_PER_TENTH = 5;
  private static final double NORMAL_975 = 1.959964;

  private ModelCharts() {}

  /** Posts with both a target and a prediction by a model that had not seen them. */
  public static List<PostResult> predicted(List<PostResult> posts) {
    return posts.stream()
        .filter(post -> post.target().isPresent() && post.predictedTarget().isPresent())
        .toList();
  }

  public static Chart timeline(String id, ReportData data, Optional<LocalDate> cut) {
    List<PostResult> measured =
        data.posts().stream()
            .filter(post -> post.metric().isPresent() && post.time().isPresent())
            .toList();
    List<Row> posts =
        thinned(measured).stream()
            .map(
                post ->
                    Row.of("time", post.time().orElseThrow().toString())
                        .and("metric", post.metric().getAsDouble())
                        .and("colour", post.fitted() ? VerdictStyle.BLUE : VerdictStyle.PALE))
            .toList();
    List<Row> rolling =
        thinned(measured).stream()
            .filter(post -> post.rollingMean().isPresent())
            .map(
                post ->
                    Row.of("time", post.time().orElseThrow().toString())
                        .and("mean", post.rollingMean().getAsDouble()))
            .toList();
    List<Row> cuts =
        cut
            .map(
                day ->
                    Row.of("time", day.atStartOfDay().toString())
                        .and("label", "fitted from " + Words.date(day)))
            .stream()
            .toList();
    return new Chart(
        id,
        "timeline",
        "%s of each post over time, with the mean of the previous twelve months%s."
            .formatted(
                Words.capital(data.heading().metric()),
                cut.map(day -> "; posts before " + Words.date(day) + " are not fitted").orElse("")),
        Map.of("posts", posts, "rolling", rolling, "cut", cuts));
  }

  public static Chart histogram(String id, List<PostResult> predicted) {
    double low = least(predicted);
    double width = Math.max(1e-9, (most(predicted) - low) / BINS);
    List<Row> rows = new ArrayList<>();
    rows.addAll(bins(predicted, ModelCharts::target, low, width, VerdictStyle.PALE, "target"));
    rows.addAll(
        bins(predicted, ModelCharts::prediction, low, width, VerdictStyle.BLUE, "prediction"));
    return new Chart(
        id,
        "histogram",
        "Distribution of the target and of its predictions; predictions are narrower.",
        Map.of("bins", rows));
  }

  private static List<Row> bins(
      List<PostResult> posts,
      ToDoubleFunction<PostResult> value,
      double low,
      double width,
      String colour,
      String name) {
    int[] counts = new int[BINS];
    for (PostResult post : posts) {
      counts[Math.min(BINS - 1, (int) ((value.applyAsDouble(post) - low) / width))]++;
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        double from = low + i * width;
        rows.add(
            Row.of("low", from)
                .and("high", from + width)
                .and("count", counts[i])
                .and("colour", colour)
                .and("words", "%s: %s".formatted(name, Words.count(counts[i], "post"))));
      }
    }
    return rows;
  }

  public static Chart scatter(String id, List<PostResult> predicted) {
    List<Row> rows =
        thinned(predicted).stream()
            .map(post -> Row.of("predicted", prediction(post)).and("actual", target(post)))
            .toList();
    return new Chart(
        id,
        "scatter",
        "Measured target against predicted target, one dot per post, with the line of equality.",
        Map.of("posts", rows, "diagonal", diagonal(predicted)));
  }

  public static Chart calibration(String id, List<PostResult> predicted) {
    List<PostResult> ordered =
        predicted.stream().sorted(Comparator.comparingDouble(ModelCharts::prediction)).toList();
    int groups = Math.max(1, Math.min(TENTHS, ordered.size() / FEWEST_PER_TENTH));
    List<Row> rows = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      List<PostResult> group =
          ordered.subList(g * ordered.size() / groups, (g + 1) * ordered.size() / groups);
      double mean = mean(group, ModelCharts::target);
      double half = NORMAL_975 * standardError(group, mean);
      double predictedMean = mean(group, ModelCharts::prediction);
      rows.add(
          Row.of("predicted", predictedMean)
              .and("actual", mean)
              .and("low", mean - half)
              .and("high", mean + half)
              .and(
                  "words",
                  "predicted %s, measured %s on average (%s)"
                      .formatted(
                          Words.decimal(predictedMean),
                          Words.decimal(mean),
                          Words.count(group.size(), "post"))));
    }
    List<Row> line =
        List.of(
            Row.of("at", prediction(ordered.get(0))),
            Row.of("at", prediction(ordered.get(ordered.size() - 1))));
    return new Chart(
        id,
        "calibration",
        "Mean measured target against mean prediction in %d equal groups of posts."
            .formatted(groups),
        Map.of("tenths", rows, "diagonal", line));
  }

  private static List<Row> diagonal(List<PostResult> predicted) {
    return List.of(Row.of("at", least(predicted)), Row.of("at", most(predicted)));
  }

  private static double least(List<PostResult> posts) {
    return posts.stream().mapToDouble(p -> Math.min(target(p), prediction(p))).min().orElseThrow();
  }

  private static double most(List<PostResult> posts) {
    return posts.stream().mapToDouble(p -> Math.max(target(p), prediction(p))).max().orElseThrow();
  }

  private static double mean(List<PostResult> posts, ToDoubleFunction<PostResult> value) {
    return posts.stream().mapToDouble(value).average().orElseThrow();
  }

  private static double standardError(List<PostResult> posts, double mean) {
    double squares = posts.stream().mapToDouble(post -> Math.pow(target(post) - mean, 2)).sum();
    return posts.size() < 2 ? 0 : Math.sqrt(squares / (posts.size() - 1) / posts.size());
  }

  private static double target(PostResult post) {
    return post.target().getAsDouble();
  }

  private static double prediction(PostResult post) {
    return post.predictedTarget().getAsDouble();
  }

  private static List<PostResult> thinned(List<PostResult> posts) {
    int every = (posts.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<PostResult> kept = new ArrayList<>();
    for (int i = 0; i < posts.size(); i += every) {
      kept.add(posts.get(i));
    }
    return kept;
  }
}
