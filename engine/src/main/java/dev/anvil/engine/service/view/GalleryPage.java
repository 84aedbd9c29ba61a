package dev.anvil.engine.service.view;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some posts of a campaign.
 *
 * @param total number of posts that the filter lets pass
 * @param rows some of them, in order
 * @param facets what can be filtered by
 */
public record GalleryPage(int total, List<Row> rows, Facets facets) {
  public GalleryPage {
    rows = List.copyOf(rows);
    requireNonNull(facets, "facets is null");
  }

  /**
   * A post.
   *
   * @param picture name of its file
   * @param elements labels that its picture shows, where the model is known
   * @param expected metric, by a model that has not seen the post
   * @param residual measured less expected, as a share of what is expected
   */
  public record Row(
      String id,
      String picture,
      Optional<LocalDateTime> time,
      Map<String, Double> metrics,
      Map<String, String> metadata,
      List<String> elements,
      Optional<Double> expected,
      Optional<Double> residual) {
    public Row {
      metrics = Map.copyOf(metrics);
      metadata = Map.copyOf(metadata);
      elements = List.copyOf(elements);
    }
  }

  /**
   * What posts of a campaign differ in.
   *
   * @param posts of the campaign
   * @param metrics names
   * @param columns metadata with few values, and these
   * @param elements label to number of posts that show it
   * @param first time of the oldest post
   * @param last time of the newest
   */
  public record Facets(
      int posts,
      List<String> metrics,
      Map<String, List<String>> columns,
      Map<String, Integer> elements,
      Optional<LocalDateTime> first,
      Optional<LocalDateTime> last) {}
}
