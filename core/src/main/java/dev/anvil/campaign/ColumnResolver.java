package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Part;
import dev.anvil.campaign.header.Names;
import dev.anvil.campaign.table.RawTable;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides what each column of a table is, or says everything that is missing. */
final class ColumnResolver {
  /** Said instead of a column of times: there is none. */
  static final String NONE = "none";

  private static final double MOST = .5;
  private static final double SOME = .1;
  private static final int FEWEST_OTHERS = 3;

  private final RawTable table;
  private final ColumnMapping mapping;
  private final PictureFinder pictures;
  private final NumberStyles numbers;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  ColumnResolver(
      RawTable table, ColumnMapping mapping, PictureFinder pictures, NumberStyles numbers) {
    this.table = table;
    this.mapping = mapping;
    this.pictures = pictures;
    this.numbers = numbers;
  }

  /** What was recognised by other things than its name. */
  List<Note> notes() {
    return notes;
  }

  /**
   * Decides.
   *
   * @throws InvalidInputException when a column that is needed is not there
   */
  Columns resolve() {
    Optional<String> picture =
        mapping.picture().isPresent() ? existing(mapping.picture().get(), "picture") : picture();
    Optional<String> time = time(picture);
    Optional<String> id =
        mapping.id().isPresent() ? existing(mapping.id().get(), "id") : id(picture, time);
    Set<String> taken = new LinkedHashSet<>();
    List.of(id, picture, time).forEach(column -> column.ifPresent(taken::add));
    List<String> metrics =
        mapping.metrics().isEmpty()
            ? metrics(taken)
            : mapping.metrics().stream()
                .flatMap(name -> existing(name, "metric").stream())
                .toList();
    taken.addAll(metrics);
    List<String> metadata =
        mapping.metadata().isEmpty()
            ? table.columns().stream().filter(column -> !taken.contains(column)).toList()
            : mapping.metadata().stream()
                .flatMap(name -> existing(name, "metadata").stream())
                .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new Columns(id, picture.orElseThrow(), time, metrics, metadata);
  }

  /** Columns that the mapping has not given a part. */
  private List<String> unclaimed() {
    Set<String> claimed = new LinkedHashSet<>();
    mapping.metrics().forEach(name -> Names.same(name, table.columns()).ifPresent(claimed::add));
    mapping.metadata().forEach(name -> Names.same(name, table.columns()).ifPresent(claimed::add));
    List.of(mapping.id(), mapping.picture(), mapping.time())
        .forEach(
            column ->
                column.flatMap(name -> Names.same(name, table.columns())).ifPresent(claimed::add));
    return table.columns().stream().filter(column -> !claimed.contains(column)).toList();
  }

  private Optional<String> existing(String name, String field) {
    Optional<String> same = Names.same(name, table.columns());
    if (same.isEmpty()) {
      Optional<String> near = Names.nearest(name, table.columns());
      problems.add(
          new Problem(
              table.file(),
              "column \"%s\" does not exist; found %s%s"
                  .formatted(
                      name, found(), near.map("; did you mean \"%s\"?"::formatted).orElse("")),
              near.map(column -> new Mend(field, column))));
    }
    return same;
  }

  private Optional<String> picture() {
    List<String> named = Headers.KNOWN.columns(Part.PICTURE, unclaimed());
    Optional<String> sound = named.stream().filter(this::holdsPictures).findFirst();
    if (sound.isPresent()) {
      return sound;
    }
    Optional<String> other = unclaimed().stream().filter(this::holdsPictures).findFirst();
    if (other.isPresent()) {
      notes.add(
          Note.of(
              "the values of \"%s\" name pictures: it is taken for the picture"
                  .formatted(other.get())));
      return other;
    }
    if (named.isEmpty()) {
      problems.add(
          new Problem(
              table.file(),
              ("has no picture column; found %s; expected one named picture, image, file or"
                      + " photo, or one whose values name files in the folder of the pictures")
                  .formatted(found()),
              Optional.of(new Mend("picture", "COLUMN"))));
    }
    return named.stream().findFirst();
  }

  private boolean holdsPictures(String column) {
    return mostly(
        column,
        value ->
            Carousel.pictures(value).stream()
                .anyMatch(part -> PictureFinder.looksLikePicture(part) || pictures.knows(part)));
  }

  private Optional<String> time(Optional<String> picture) {
    if (mapping.time().filter(NONE::equals).isPresent()
        && Names.same(NONE, table.columns()).isEmpty()) {
      return Optional.empty();
    }
    if (mapping.time().isPresent()) {
      return existing(mapping.time().get(), "time");
    }
    List<String> named = Headers.KNOWN.columns(Part.TIME, unclaimed());
    Optional<String> sound =
        named.stream()
            .filter(
                column ->
                    mostly(
                        column, v -> DateColumn.looksLikeDate(v) || DateColumn.looksLikeNumber(v)))
            .findFirst();
    if (sound.isPresent()) {
      return sound;
    }
    List<String> dated =
        unclaimed().stream()
            .filter(column -> picture.filter(column::equals).isEmpty())
            .filter(column -> !Headers.KNOWN.is(Part.ASOF, column))
            .filter(column -> mostly(column, DateColumn::looksLikeDate))
            .toList();
    if (dated.size() == 1) {
      notes.add(
          Note.of(
              "the values of \"%s\" are dates: it is taken for the time".formatted(dated.get(0)),
              "time",
              NONE));
      return dated.stream().findFirst();
    }
    return named.stream()
        .filter(column -> table.known(column).stream().distinct().count() > 1 || one(column))
        .findFirst();
  }

  private boolean one(String column) {
    return table.rows().size() == 1 && !table.known(column).isEmpty();
  }

  /** A column of ids names most rows, not all the same, and seldom one post twice. */
  private Optional<String> id(Optional<String> picture, Optional<String> time) {
    return Headers.KNOWN.columns(Part.ID, unclaimed()).stream()
        .filter(column -> picture.filter(column::equals).isEmpty())
        .filter(column -> table.known(column).size() >= MOST * table.rows().size())
        .filter(
            column ->
                DamagedIds.of(table, column).isPresent()
                    || (varies(column) && tells(column, picture, time)))
        .findFirst();
  }

  private boolean varies(String column) {
    return table.rows().size() <= 2 || table.known(column).stream().distinct().count() > 1;
  }

  /**
   * Whether a column tells posts apart. One of campaigns or sets of ads does not: rows with one
   * value have several pictures and times. (Carousels have one time, breakdowns one picture.)
   */
  private boolean tells(String column, Optional<String> picture, Optional<String> time) {
    if (picture.isEmpty() || time.isEmpty()) {
      return true;
    }
    Map<String, RawRow> first = new HashMap<>();
    List<RawRow> others = new ArrayList<>();
    for (RawRow row : table.rows()) {
      String id = table.value(row, column);
      RawRow before = id.isEmpty() ? null : first.putIfAbsent(id, row);
      if (before != null && differ(before, row, picture.get()) && differ(before, row, time.get())) {
        others.add(row);
      }
    }
    if (others.size() < Math.max(FEWEST_OTHERS, SOME * table.rows().size())) {
      return true;
    }
    notes.add(
        Note.of(
            "%s is no id of posts: %d of %d rows have the value of another row with another picture and time (such as %s %d)"
                .formatted(
                    column, others.size(), table.rows().size(), table.unit(), others.get(0).line()),
            "id",
            "COLUMN"));
    return false;
  }

  private boolean differ(RawRow one, RawRow other, String column) {
    return !table.value(one, column).equals(table.value(other, column));
  }

  private List<String> metrics(Set<String> taken) {
    List<String> numeric =
        unclaimed().stream()
            .filter(column -> !taken.contains(column))
            .filter(numbers::isNumeric)
            .toList();
    List<String> metrics =
        numeric.stream().filter(column -> Headers.KNOWN.metric(column).isPresent()).toList();
    List<String> awaited = metrics.isEmpty() ? awaited(taken) : List.of();
    if (metrics.isEmpty() && awaited.isEmpty()) {
      String columns =
          numeric.isEmpty()
              ? "none of its columns %s has numbers".formatted(found())
              : "its columns of numbers are " + String.join(", ", numeric);
      problems.add(
          new Problem(
              table.file(),
              ("has no metric that is known by name, such as likes, clicks, impressions, ctr or"
                      + " views; %s; expected one of them to be chosen")
                  .formatted(columns),
              Optional.of(
                  new Mend(
                      "metric", numeric.isEmpty() ? "COLUMN" : numeric.get(numeric.size() - 1)))));
    }
    return metrics.isEmpty() ? awaited : metrics;
  }

  /** Metrics by name that no row has yet, as in a table of the posts of this week. */
  private List<String> awaited(Set<String> taken) {
    return unclaimed().stream()
        .filter(column -> !taken.contains(column) && table.known(column).isEmpty())
        .filter(column -> Headers.KNOWN.metric(column).isPresent())
        .toList();
  }

  private boolean mostly(String column, Predicate<String> looksRight) {
    List<String> values = table.known(column);
    return !values.isEmpty() && values.stream().filter(looksRight).count() >= MOST * values.size();
  }

  private String found() {
    return String.join(", ", table.columns());
  }
}
