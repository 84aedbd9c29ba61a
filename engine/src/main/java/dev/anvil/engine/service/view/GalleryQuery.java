package dev.anvil.engine.service.view;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Which posts of a campaign to show.
 *
 * @param campaign its name
 * @param model run of a fit, whose predictions and elements are shown too; empty for none
 * @param sort {@code date}, {@code id}, {@code expected}, {@code residual}, or the name of a metric
 * @param descending whether the largest come first
 * @param filter which posts
 * @param offset posts to skip
 * @param limit posts to show, 1 to 500
 */
public record GalleryQuery(
    String campaign,
    Optional<Long> model,
    String sort,
    boolean descending,
    Filter filter,
    int offset,
    int limit) {
  private static final int MOST = 500;

  /**
   * What posts have to be like.
   *
   * @param text in the id, the picture's name or any metadata, without case
   * @param element label of an element that the picture shows
   * @param from day of the oldest
   * @param to day of the newest
   * @param columns metadata that they have
   */
  public record Filter(
      Optional<String> text,
      Optional<String> element,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      Map<String, String> columns) {
    /** All posts. */
    public static final Filter NONE =
        new Filter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Filter {
      columns = Map.copyOf(columns);
    }
  }

  public GalleryQuery {
    requireNonNull(campaign, "campaign is null");
    requireNonNull(model, "model is null");
    requireNonNull(sort, "sort is null");
    requireNonNull(filter, "filter is null");
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new InvalidInputException(
          "limit",
          "found offset %d and limit %d; expected at least 0, and 1 to %d"
              .formatted(offset, limit, MOST));
    }
  }
}
