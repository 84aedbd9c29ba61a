package dev.anvil.campaign;

import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Part;
import dev.anvil.campaign.header.Headers.Unit;
import dev.anvil.campaign.header.Names;
import dev.anvil.campaign.table.RawTable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at the posts of a campaign for what fits of it should know. */
final class Advising {
  private static final double GROUP_EXPLAINS = .25;
  private static final double NUMBER_EXPLAINS = .5;
  private static final int GROUP_LEVELS = 5;
  private static final double AS_GOOD = .05;

  /** Numbers that come of the metric, and are not known before a post goes out. */
  private static final Pattern OUTCOME =
      Pattern.compile(
          "(?iu)\\bcp[a-z]\\b|roas|cost ?per|kosten pro|co[uû]t par|cost[eo] por|frequen|frecuen"
              + "|r[eé]p[eé]tition|häufigkeit|watch|wiedergabe|visionnage|visualizaci|average|durchschn"
              + "|moyen|promedio|rate\\b|%|\\bid\\b");

  private final RawTable table;
  private final Columns columns;
  private final List<Post> posts;
  private final Optional<Integer> minAge;
  private final ZoneId zone;
  private final LocalDateTime now;
  private final List<Note> notes = new ArrayList<>();

  Advising(
      RawTable table,
      Columns columns,
      List<Post> posts,
      Optional<Integer> minAge,
      ZoneId zone,
      LocalDateTime now) {
    this.table = table;
    this.columns = columns;
    this.posts = posts;
    this.minAge = minAge;
    this.zone = zone;
    this.now = now;
  }

  private record Found(String column, double explains) {}

  Advice advice(ColumnMapping mapping) {
    Optional<String> metric = metric(mapping);
    metric.ifPresent(this::units);
    Optional<String> group = metric.flatMap(this::group);
    return new Advice(
        metric,
        group,
        metric.flatMap(this::exposure),
        new YoungPosts(table, posts, zone, now).matureUntil(minAge, metric, notes::add));
  }

  /** What was found. */
  List<Note> notes() {
    return notes;
  }

  private Optional<String> metric(ColumnMapping mapping) {
    Optional<String> chosen =
        mapping.metrics().stream().findFirst().flatMap(n -> Names.same(n, columns.metrics()));
    List<String> first = DefaultMetric.of(posts, columns.metrics());
    if (chosen.isEmpty() && first.size() != 1) {
      List<String> open = first.isEmpty() ? columns.metrics() : first;
      notes.add(
          Note.of(
              (first.isEmpty()
                      ? "none of %s differs between posts and is known of half of them: a fit has nothing to explain"
                      : "%s are equally plausible metrics: a fit has to be told which")
                  .formatted(String.join(", ", open)),
              "metric",
              open.get(0)));
    }
    return chosen.or(() -> first.stream().findFirst().filter(metric -> first.size() == 1));
  }

  /** Results of link clicks and of purchases are not the same, nor are dollars and euros. */
  private void units(String metric) {
    boolean has =
        Headers.KNOWN
            .metric(metric)
            .filter(m -> m.unit() == Unit.AMOUNT || m.word().equals("result"))
            .isPresent();
    for (String column : Headers.KNOWN.columns(Part.UNIT, has ? columns.metadata() : List.of())) {
      List<String> units =
          posts.stream()
              .flatMap(p -> Optional.ofNullable(p.metadata().get(column)).stream())
              .distinct()
              .sorted()
              .toList();
      if (units.size() > 1) {
        notes.add(
            Note.of(
                "%s is in several units, as %s tells (%s): compare each post with others of the same, or import one only"
                    .formatted(metric, column, String.join(", ", units)),
                "group",
                column));
      }
    }
  }

  private Optional<String> group(String metric) {
    ExplainedShare explained = new ExplainedShare(posts, metric);
    List<Found> found =
        columns.metadata().stream()
            .filter(column -> !isNumber(column) || Headers.KNOWN.is(Part.GROUP, column))
            .map(column -> new Found(column, explained.byLevels(column)))
            .filter(f -> f.explains() >= GROUP_EXPLAINS)
            .sorted(
                Comparator.comparing((Found f) -> !Headers.KNOWN.is(Part.GROUP, f.column()))
                    .thenComparing(f -> -f.explains()))
            .toList();
    Optional<String> group =
        found.stream()
            .map(Found::column)
            .filter(c -> Headers.KNOWN.is(Part.GROUP, c) || explained.levels(c) >= GROUP_LEVELS)
            .findFirst();
    for (Found f : found) {
      boolean isGroup = group.filter(f.column()::equals).isPresent();
      if (isGroup || group.isEmpty()) {
        notes.add(
            Note.of(
                "%s explains %d %% of %s: %s"
                    .formatted(
                        f.column(),
                        Math.round(100 * f.explains()),
                        metric,
                        isGroup
                            ? "compare each post with others of the same " + f.column()
                            : "let it into the model, or look at one " + f.column() + " only"),
                isGroup ? "group" : "features",
                f.column()));
      }
    }
    return group;
  }

  private Optional<String> exposure(String metric) {
    ExplainedShare explained = new ExplainedShare(posts, metric);
    List<Found> found = new ArrayList<>();
    columns.metrics().stream()
        .filter(column -> !column.equals(metric) && Headers.KNOWN.is(Part.EXPOSURE, column))
        .forEach(
            column ->
                found.add(
                    new Found(
                        column,
                        explained.byNumber(post -> post.metric(column).orElse(Double.NaN)))));
    columns.metadata().stream()
        .filter(column -> isNumber(column) && !OUTCOME.matcher(column).find())
        .forEach(
            column -> found.add(new Found(column, explained.byNumber(p -> number(p, column)))));
    List<Found> strong =
        found.stream()
            .filter(f -> f.explains() >= NUMBER_EXPLAINS)
            .sorted(Comparator.comparing(f -> -f.explains()))
            .toList();
    List<String> exposures =
        strong.stream()
            .filter(f -> f.explains() >= strong.get(0).explains() - AS_GOOD)
            .map(Found::column)
            .toList();
    Optional<String> usual = Headers.KNOWN.columns(Part.EXPOSURE, exposures).stream().findFirst();
    Optional<Found> exposure =
        strong.stream().filter(f -> usual.filter(f.column()::equals).isPresent()).findFirst();
    for (Found f : strong) {
      boolean isExposure = Headers.KNOWN.is(Part.EXPOSURE, f.column());
      if (!isExposure || exposure.filter(f::equals).isPresent()) {
        notes.add(
            Note.of(
                "%s explains %d %% of %s: %s"
                    .formatted(
                        f.column(),
                        Math.round(100 * f.explains()),
                        metric,
                        isExposure
                            ? "%s per %s may be what you mean".formatted(metric, f.column())
                            : "let it into the model if it is known before a post goes out"),
                isExposure ? "per" : "features",
                f.column()));
      }
    }
    return exposure.map(Found::column);
  }

  /** Whether all known values of a metadata column are numbers. */
  private boolean isNumber(String column) {
    List<String> known =
        posts.stream()
            .flatMap(p -> Optional.ofNullable(p.metadata().get(column)).stream())
            .toList();
    return !known.isEmpty() && known.stream().allMatch(text -> !Double.isNaN(parsed(text)));
  }

  private static double number(Post post, String column) {
    return parsed(post.metadata().getOrDefault(column, ""));
  }

  private static double parsed(String text) {
    return text.matches("-?\\d+(?:\\.\\d+)?") ? Double.parseDouble(text) : Double.NaN;
  }
}
