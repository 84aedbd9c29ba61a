package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.format.DateOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns hold what; everything that is left open is recognised by name. Names are compared
 * without case, accents and marks.
 *
 * @param time {@code none} for posts without dates
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

  /** All names that the header is expected to have. */
  Set<String> names() {
    Set<String> names = new HashSet<>(metrics);
    names.addAll(metadata);
    List.of(id, picture, time).forEach(name -> name.ifPresent(names::add));
    return names;
  }

  public ColumnMapping {
    requireNonNull(id, "id is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(time, "time is null");
    metrics = List.copyOf(metrics);
    metadata = List.copyOf(metadata);
    requireNonNull(dateOrder, "dateOrder is null");
  }
}
