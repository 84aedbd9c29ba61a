package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A published creative with measured metrics and metadata.
 *
 * @param id unique within its campaign
 * @param creative SHA-256 of the picture's bytes
 * @param picture the picture's file
 * @param time when it was published; empty in a campaign whose posts have no dates
 * @param metrics metric name to measured value; a metric that was not measured has no entry
 * @param metadata column name to value (country, channel, audience, tags); unknown has no entry
 */
public record Post(
    String id,
    String creative,
    Path picture,
    Optional<LocalDateTime> time,
    Map<String, Double> metrics,
    Map<String, String> metadata) {
  public Post {
    requireNonNull(id, "id is null");
    requireNonNull(creative, "creative is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(time, "time is null");
    metrics = Map.copyOf(metrics);
    metadata = Map.copyOf(metadata);
  }

  /** A post whose time is known. */
  public Post(
      String id,
      String creative,
      Path picture,
      LocalDateTime time,
      Map<String, Double> metrics,
      Map<String, String> metadata) {
    this(id, creative, picture, Optional.of(time), metrics, metadata);
  }

  /** The measured value of a metric, empty when it is not known (yet). */
  public OptionalDouble metric(String name) {
    Double value = metrics.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
