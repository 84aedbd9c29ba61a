package dev.anvil.campaign;

import dev.anvil.Problem;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Part;
import dev.anvil.campaign.table.RawTable;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds rows about one post: further pictures of a carousel, and doubles. */
final class SamePosts {
  /** Age and gender, say. */
  private static final int MOST_BREAKDOWNS = 2;

  private final RawTable table;
  private final Columns columns;

  SamePosts(RawTable table, Columns columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * Rows with one id, one time and no other metrics are the pictures of one post: the first stays.
   *
   * @return how many posts have several rows
   */
  int mergeCarousels(List<Draft> drafts) {
    Map<String, Draft> first = new LinkedHashMap<>();
    int posts = 0;
    for (Draft draft : drafts) {
      if (draft.id.isEmpty() || !draft.isSound()) {
        continue;
      }
      Draft before = first.putIfAbsent(draft.id.get(), draft);
      if (before != null && isCarousel(before, draft)) {
        draft.merged = true;
        posts += before.pictures == 1 ? 1 : 0;
        before.pictures++;
      }
    }
    return posts;
  }

  private static boolean isCarousel(Draft first, Draft other) {
    return first.time.equals(other.time)
        && agree(first.metrics, other.metrics)
        && !first.creative.equals(other.creative);
  }

  /** Exports often give a post's metrics in its first row only. */
  private static boolean agree(Map<String, Double> first, Map<String, Double> other) {
    return other.entrySet().stream().allMatch(e -> e.getValue().equals(first.get(e.getKey())));
  }

  /**
   * The first sound row of a post stays; a row that is bad for other reasons claims nothing. Rows
   * with ids of their own are posts of their own, whatever else they share.
   */
  void findDoubles(List<Draft> drafts) {
    Map<String, Long> ids = new HashMap<>();
    Map<String, Long> identities = new HashMap<>();
    for (Draft draft : drafts) {
      if (draft.merged) {
        continue;
      }
      Optional<String> identity = draft.id.isPresent() ? Optional.empty() : draft.identity();
      draft.id.map(ids::get).ifPresent(line -> draft.reasons.add(sameId(draft, line)));
      identity.map(identities::get).ifPresent(line -> draft.reasons.add(sameContent(draft, line)));
      if (draft.isSound()) {
        draft.id.ifPresent(id -> ids.put(id, draft.row.line()));
        identity.ifPresent(content -> identities.put(content, draft.row.line()));
      }
    }
  }

  /**
   * Says of a table that breaks its posts down, by day or audience, that it does: the first row of
   * each post is no post.
   *
   * @return empty where fewer than half of the rows are further rows of a post with its picture
   */
  Optional<Problem> breakdown(List<Draft> drafts) {
    Map<String, Draft> first = new HashMap<>();
    Set<String> by = new TreeSet<>();
    int further = 0;
    for (Draft draft : drafts) {
      Draft before =
          draft.id.isEmpty() || draft.merged ? null : first.putIfAbsent(draft.id.get(), draft);
      if (before != null && before.creative.equals(draft.creative)) {
        Set<String> differing = differing(before, draft);
        by.addAll(differing);
        further += differing.isEmpty() ? 0 : 1;
      }
    }
    return 2 * further < drafts.size() || further == 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                table.file(),
                "has %d rows for %d values of %s, which differ in %s: posts are broken down; expected one row per post: export them without that breakdown"
                    .formatted(
                        drafts.size(),
                        first.size(),
                        columns.id().orElseThrow(),
                        String.join(", ", by))));
  }

  /**
   * Says of posts without ids that they may be broken down: most rows show the picture of another,
   * of which they differ in one or two columns only, or a day apart.
   */
  Optional<Note> likeBreakdown(List<Draft> drafts) {
    if (columns.id().isPresent()) {
      return Optional.empty();
    }
    Map<String, Draft> first = new HashMap<>();
    Map<String, Draft> last = new HashMap<>();
    Set<String> by = new TreeSet<>();
    int further = 0;
    int daily = 0;
    for (Draft draft : drafts) {
      if (!draft.isSound()) {
        continue;
      }
      String picture = draft.creative.orElseThrow();
      Draft before = first.putIfAbsent(picture, draft);
      if (before != null) {
        further++;
        by.addAll(differing(before, draft));
        daily += areADayApart(last.get(picture), draft) ? 1 : 0;
      }
      last.put(picture, draft);
    }
    boolean inTime = columns.time().filter(by::contains).isPresent();
    boolean isAccount = by.stream().anyMatch(column -> Headers.KNOWN.is(Part.GROUP, column));
    return 2 * further < drafts.size()
            || by.isEmpty()
            || by.size() > MOST_BREAKDOWNS
            || isAccount
            || (inTime && 2 * daily < further)
        ? Optional.empty()
        : Optional.of(
            Note.of(
                "%d of %d rows show the picture of another row and differ from it in %s only: each counts as a post of its own; if posts are broken down, export them without that breakdown"
                    .formatted(further, drafts.size(), String.join(" and ", by)),
                "id",
                "COLUMN"));
  }

  private static boolean areADayApart(Draft one, Draft other) {
    return one.time.isPresent()
        && other.time.isPresent()
        && Math.abs(
                ChronoUnit.DAYS.between(
                    one.time.get().toLocalDate(), other.time.get().toLocalDate()))
            <= 1;
  }

  private Set<String> differing(Draft first, Draft other) {
    Set<String> names = new TreeSet<>();
    if (!first.time.equals(other.time)) {
      names.add(columns.time().orElseThrow());
    }
    first
        .metadata
        .keySet()
        .forEach(
            name -> {
              if (!first.metadata.get(name).equals(other.metadata.get(name))) {
                names.add(name);
              }
            });
    return names;
  }

  /** Sound rows that equal an earlier one in all but their ids, metrics too. */
  List<Draft> twins(List<Draft> drafts) {
    Set<String> seen = new HashSet<>();
    return drafts.stream()
        .filter(draft -> draft.isSound() && draft.id.isPresent())
        .filter(draft -> !seen.add(draft.identity().orElseThrow() + "\n" + draft.metrics))
        .toList();
  }

  private Complaint sameId(Draft draft, long line) {
    return new Complaint(
        columns.id().orElseThrow() + " is ",
        "\"%s\", as in %s %d".formatted(draft.id.orElseThrow(), table.unit(), line),
        "; expected one row per post");
  }

  private Complaint sameContent(Draft draft, long line) {
    return new Complaint(
        "has the picture, %smetadata of ".formatted(draft.time.isPresent() ? "time and " : ""),
        "%s %d".formatted(table.unit(), line),
        "; expected one row per post, or a column of ids that tells posts apart");
  }
}
