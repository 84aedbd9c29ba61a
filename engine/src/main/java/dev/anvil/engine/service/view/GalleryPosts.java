package dev.anvil.engine.service.view;

import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.engine.service.view.GalleryPage.Facets;
import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.report.data.PostResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All posts of a campaign as a gallery shows them, with what can be filtered by.
 *
 * @param rows oldest first
 * @param byId the posts themselves
 */
record GalleryPosts(List<Row> rows, Map<String, Post> byId, Facets facets) {
  /** Columns with more values than this are no facets. */
  private static final int MOST_VALUES = 40;

  /**
   * The posts of a campaign.
   *
   * @param results by a model, if any
   * @param elements labels by post's id; none where they are not known
   */
  static GalleryPosts of(
      Campaign campaign, List<PostResult> results, Map<String, List<String>> elements) {
    Map<String, PostResult> resultOf =
        results.stream().collect(Collectors.toMap(PostResult::id, Function.identity()));
    List<Row> rows =
        campaign.posts().stream()
            .map(
                post ->
                    row(
                        post,
                        Optional.ofNullable(resultOf.get(post.id())),
                        elements.getOrDefault(post.id(), List.of())))
            .toList();
    return new GalleryPosts(
        rows,
        campaign.posts().stream().collect(Collectors.toMap(Post::id, Function.identity())),
        facets(campaign, rows));
  }

  private static Row row(Post post, Optional<PostResult> result, List<String> elements) {
    Optional<Double> expected = result.flatMap(r -> known(r.predictedMetric()));
    Optional<Double> measured = result.flatMap(r -> known(r.metric()));
    return new Row(
        post.id(),
        post.picture().getFileName().toString(),
        post.time(),
        post.metrics(),
        post.metadata(),
        elements,
        expected,
        expected.filter(e -> e != 0).flatMap(e -> measured.map(m -> (m - e) / Math.abs(e))));
  }

  private static Optional<Double> known(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? Optional.of(value.getAsDouble())
        : Optional.empty();
  }

  private static Facets facets(Campaign campaign, List<Row> rows) {
    TreeSet<String> metrics = new TreeSet<>();
    Map<String, TreeSet<String>> values = new TreeMap<>();
    Map<String, Integer> elements = new TreeMap<>();
    for (Row row : rows) {
      metrics.addAll(row.metrics().keySet());
      row.metadata()
          .forEach(
              (column, value) -> values.computeIfAbsent(column, c -> new TreeSet<>()).add(value));
      row.elements().forEach(label -> elements.merge(label, 1, Integer::sum));
    }
    Map<String, List<String>> columns = new LinkedHashMap<>();
    values.forEach(
        (column, all) -> {
          if (all.size() <= MOST_VALUES) {
            columns.put(column, List.copyOf(all));
          }
        });
    return new Facets(
        rows.size(),
        List.copyOf(metrics),
        columns,
        elements,
        campaign.isDated() && !rows.isEmpty() ? rows.get(0).time() : Optional.empty(),
        campaign.last());
  }
}
