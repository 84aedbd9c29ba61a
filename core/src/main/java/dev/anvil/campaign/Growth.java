package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A campaign that more rows were added to.
 *
 * @param campaign with all posts, those that the rows speak of as they are now
 * @param added ids of posts that were not known
 * @param revised values of known posts that are others now
 * @param changedPictures ids of known posts whose picture is another one now
 * @param moved ids of known posts that are of another account now
 * @param absent ids of known posts that the rows do not speak of
 * @param late those of the revised values that were no small change ({@value #SMALL}) to a value
 *     that counted as final: the posts were old enough
 */
public record Growth(
    Campaign campaign,
    List<String> added,
    List<Revision> revised,
    List<String> changedPictures,
    List<String> moved,
    List<String> absent,
    List<Revision> late) {
  private static final double SMALL = .05;

  /**
   * A value that was read again and is another one.
   *
   * @param post its id
   * @param was NaN where it was not measured
   */
  public record Revision(String post, String metric, double was, double is) {
    private boolean isSmall() {
      return Double.isNaN(was) || Math.abs(is - was) <= SMALL * Math.abs(was);
    }
  }

  public Growth {
    added = List.copyOf(added);
    revised = List.copyOf(revised);
    changedPictures = List.copyOf(changedPictures);
    moved = List.copyOf(moved);
    absent = List.copyOf(absent);
    late = List.copyOf(late);
  }

  /**
   * Adds rows to a campaign. Posts that the rows do not speak of stay as they are; a metric that a
   * row leaves empty keeps the value that was known.
   *
   * @param rows read as a campaign of their own
   * @throws InvalidInputException when a metric is of another kind in the rows, or only one of both
   *     has dates
   */
  public static Growth of(Campaign known, Campaign rows) {
    if (!known.posts().isEmpty() && !rows.posts().isEmpty() && known.isDated() != rows.isDated()) {
      throw new InvalidInputException(
          rows.name(),
          "found posts %s dates; the posts of \"%s\" have %s; expected the same"
              .formatted(
                  rows.isDated() ? "with" : "without",
                  known.name(),
                  known.isDated() ? "dates" : "none"));
    }
    Map<String, MetricKind> kinds = new TreeMap<>(known.kinds());
    rows.kinds()
        .forEach(
            (metric, kind) -> {
              if (rows.posts().stream().allMatch(p -> p.metric(metric).isEmpty())) {
                return; // nothing to tell a kind by
              }
              MetricKind was = kinds.putIfAbsent(metric, kind);
              if (was != null && was != kind) {
                throw new InvalidInputException(
                    "metric " + metric,
                    "is read as %s in the rows and as %s in \"%s\"; expected the same"
                        .formatted(kind, was, known.name()));
              }
            });
    Map<String, Post> posts = new LinkedHashMap<>();
    known.posts().forEach(p -> posts.put(p.id(), p));
    List<String> added = new ArrayList<>();
    List<Revision> revised = new ArrayList<>();
    List<String> changedPictures = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    Set<String> absent = new LinkedHashSet<>(posts.keySet());
    Spellings spellings = Spellings.of(known.posts().stream().map(Post::metadata).toList());
    for (Post read : rows.posts()) {
      Post row = spelled(read, spellings);
      Post was = posts.get(row.id());
      absent.remove(row.id());
      if (was == null) {
        added.add(row.id());
        posts.put(row.id(), row);
      } else {
        posts.put(row.id(), merged(was, row, revised));
        if (!was.creative().equals(row.creative())) {
          changedPictures.add(row.id());
        }
        if (known.advice().group().filter(g -> differ(g, was, row)).isPresent()) {
          moved.add(row.id());
        }
      }
    }
    Set<String> mature = known.mature().posts().stream().map(Post::id).collect(Collectors.toSet());
    return new Growth(
        new Campaign(
            known.name(),
            List.copyOf(posts.values()),
            kinds,
            new Advice(
                known.advice().metric(),
                known.advice().group(),
                known.advice().exposure(),
                rows.advice().matureUntil())),
        added,
        revised,
        changedPictures,
        moved,
        List.copyOf(absent),
        revised.stream().filter(r -> mature.contains(r.post()) && !r.isSmall()).toList());
  }

  private static Post spelled(Post post, Spellings spellings) {
    return new Post(
        post.id(),
        post.creative(),
        post.picture(),
        post.time(),
        post.metrics(),
        spellings.of(post.metadata()));
  }

  private static boolean differ(String column, Post was, Post row) {
    String before = was.metadata().get(column);
    String now = row.metadata().get(column);
    return before != null && now != null && !before.equals(now);
  }

  private static Post merged(Post was, Post row, List<Revision> revised) {
    Map<String, Double> metrics = new HashMap<>(was.metrics());
    row.metrics()
        .forEach(
            (metric, value) -> {
              double before = was.metric(metric).orElse(Double.NaN);
              if (before != value) {
                revised.add(new Revision(row.id(), metric, before, value));
              }
              metrics.put(metric, value);
            });
    Map<String, String> metadata = new HashMap<>(was.metadata());
    metadata.putAll(row.metadata());
    return new Post(row.id(), row.creative(), row.picture(), row.time(), metrics, metadata);
  }
}
