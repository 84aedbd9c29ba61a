package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What each column of a file of posts was read as.
 *
 * @param id empty when posts are named by what they consist of
 * @param metrics at least one
 */
public record Columns(
    Optional<String> id, String picture, String time, List<String> metrics, List<String> metadata) {
  public Columns {
    requireNonNull(id, "id is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(time, "time is null");
    metrics = List.copyOf(metrics);
    metadata = List.copyOf(metadata);
  }
}
