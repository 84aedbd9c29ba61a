package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What each column of a file of posts was read as.
 *
 * @param id empty when posts are named by what they consist of
 * @param time empty when the posts have no dates
 * @param metrics at least one
 */
public record Columns(
    Optional<String> id,
    String picture,
    Optional<String> time,
    List<String> metrics,
    List<String> metadata) {
  public Columns {
    requireNonNull(id, "id is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(time, "time is null");
    metrics = List.copyOf(metrics);
    metadata = List.copyOf(metadata);
  }

  /** The same with only some of the metrics. */
  Columns with(Set<String> some) {
    return new Columns(
        id, picture, time, metrics.stream().filter(some::contains).toList(), metadata);
  }

  /** The same without dates: what was their column is metadata. */
  Columns undated() {
    List<String> all = new ArrayList<>(metadata);
    time.ifPresent(all::add);
    return new Columns(id, picture, Optional.empty(), metrics, all);
  }
}
