package dev.anvil.campaign;

import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.format.DateOrder;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Part;
import dev.anvil.campaign.table.RawTable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds posts that are too young to have their likes: less than a week old when the table was
 * exported. That is the date which the table states, or now for a campaign that goes on; else the
 * time of the newest post, where the last posts' values show that they were still growing.
 */
final class YoungPosts {
  private static final int USUAL_DAYS = 7;

  /** A newest post of this age or less is part of a campaign that goes on. */
  private static final int FRESH_DAYS = 30;

  /** The last posts were still growing when they have less than this share of the usual. */
  private static final double GROWING = .5;

  private static final int FEWEST_TO_SEE = 3;

  private static final int COMPARED = 30;

  private final RawTable table;
  private final List<Post> posts;
  private final ZoneId zone;
  private final LocalDateTime now;

  YoungPosts(RawTable table, List<Post> posts, ZoneId zone, LocalDateTime now) {
    this.table = table;
    this.posts =
        posts.stream()
            .filter(post -> post.time().isPresent())
            .sorted(Comparator.comparing(post -> post.time().orElseThrow()))
            .toList();
    this.zone = zone;
    this.now = now;
  }

  /**
   * The time after which posts are too young; empty when none is, or when ages are not to matter.
   *
   * @param minAge in days; empty for the usual
   */
  Optional<LocalDateTime> matureUntil(
      Optional<Integer> minAge, Optional<String> metric, Consumer<Note> notes) {
    int days = minAge.orElse(USUAL_DAYS);
    if (posts.isEmpty() || days == 0) {
      return Optional.empty();
    }
    LocalDateTime newest = time(posts.size() - 1);
    Optional<LocalDateTime> exported = exported().filter(date -> !date.isBefore(newest));
    boolean fresh = newest.isAfter(now.minusDays(FRESH_DAYS));
    LocalDateTime until = exported.orElse(fresh ? now : newest).minusDays(days);
    long young = posts.stream().filter(p -> p.time().orElseThrow().isAfter(until)).count();
    boolean sure = minAge.isPresent() || exported.isPresent() || fresh;
    if (young == 0
        || young == posts.size()
        || !(sure || metric.filter(m -> isGrowing(m, (int) young)).isPresent())) {
      return Optional.empty();
    }
    notes.accept(
        Note.of(
            "%s younger than %d days at %s: values of young posts still grow, and fits leave them out"
                .formatted(
                    young == 1 ? "1 post is" : young + " posts are",
                    days,
                    exported
                        .map(date -> "the export of " + date.toLocalDate())
                        .orElse(
                            fresh
                                ? "this import, " + now.toLocalDate()
                                : "the newest post, " + newest.toLocalDate())),
            "min-age",
            "0"));
    return Optional.of(until);
  }

  private LocalDateTime time(int i) {
    return posts.get(i).time().orElseThrow();
  }

  private boolean isGrowing(String metric, int young) {
    int from = posts.size() - young;
    double last = median(posts.subList(from, posts.size()), metric);
    double usual = median(posts.subList(Math.max(0, from - COMPARED), from), metric);
    boolean allLess =
        posts.subList(from, posts.size()).stream()
            .flatMapToDouble(p -> p.metric(metric).stream())
            .allMatch(value -> value < usual);
    return young >= FEWEST_TO_SEE && allLess && last < GROWING * usual;
  }

  private static double median(List<Post> some, String metric) {
    double[] values =
        some.stream().flatMapToDouble(p -> p.metric(metric).stream()).sorted().toArray();
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }

  /** The last date that the table states for itself: in a column, or above its header. */
  private Optional<LocalDateTime> exported() {
    DateColumn dates = new DateColumn(DateOrder.DAY_FIRST, zone, now.toLocalDate());
    Stream<String> columns =
        Headers.KNOWN.columns(Part.ASOF, table.columns()).stream()
            .flatMap(column -> table.known(column).stream());
    Stream<String> preamble =
        table.preamble().stream()
            .flatMap(cell -> Arrays.stream(cell.split(" [-–—] | to | bis | au | al ", -1)));
    return Stream.concat(columns, preamble)
        .filter(text -> DateColumn.looksLikeDate(text.strip()))
        .flatMap(text -> dates.parse(text.strip()).stream())
        .max(LocalDateTime::compareTo)
        .map(date -> date.toLocalDate().plusDays(1).atStartOfDay())
        .map(date -> date.isAfter(now) ? now : date);
  }
}
