package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Which columns hold what; everything that is left open is recognised by name.
 *
 * @param metrics columns of metrics; empty means those with known names
 * @param metadata columns of metadata; empty means every column that is nothing else
 * @param dateOrder how dates such as 03/04/2017 are meant; open means as the whole column shows
 */
public record ColumnMapping(
    Optional<String> id,
    Optional<String> picture,
    Optional<String> time,
    List<String> metrics,
    List<String> metadata,
    Optional<DateOrder> dateOrder) {
  /** Everything is recognised by name. */
  public static final ColumnMapping RECOGNISE =
      new ColumnMapping(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty());

  public ColumnMapping {
    requireNonNull(id, "id is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(time, "time is null");
    metrics = List.copyOf(metrics);
    metadata = List.copyOf(metadata);
    requireNonNull(dateOrder, "dateOrder is null");
  }
}
