package dev.anvil.study.design;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;
import dev.anvil.segment.Element;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Sources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the creatives that a study edits; the same study and campaign give the same choice. */
public final class SourceSelector {
  private SourceSelector() {}

  /**
   * Draws posts in random order and keeps those that qualify until there are enough. A creative is
   * taken once, and of near-duplicates one.
   *
   * @param groups group of near-duplicates by post id
   * @param accounts account by post; the posts are drawn from all accounts in turn. All posts of
   *     one account where there is one
   * @throws InvalidInputException when no post qualifies, with the reasons counted
   */
  public static List<Source> select(
      StudySpec spec,
      List<Post> posts,
      Map<String, Integer> groups,
      Function<Post, String> accounts,
      SegmentationCache segmentations) {
    Sources wanted = spec.sources();
    requireKnown(wanted.ids(), posts);
    requireKnown(wanted.where(), posts);
    List<Source> chosen = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    Map<String, Integer> refused = new TreeMap<>();
    for (Post post : inTurn(shuffled(posts, spec.seed()), accounts)) {
      if (chosen.size() == wanted.count()) {
        break;
      }
      if (!wanted.ids().isEmpty() && !wanted.ids().contains(post.id())) {
        continue;
      }
      if (!wanted.where().entrySet().stream()
          .allMatch(w -> w.getValue().equals(post.metadata().get(w.getKey())))) {
        refused.merge("other metadata", 1, Integer::sum);
        continue;
      }
      int group = groups.get(post.id());
      if (taken.contains(group)) {
        refused.merge("near-duplicate of a chosen one", 1, Integer::sum);
        continue;
      }
      Optional<Mask> main = segmentations.of(post).largest(wanted.element()).map(Element::mask);
      if (main.isEmpty()) {
        refused.merge("no " + String.join(", ", wanted.element()) + " found", 1, Integer::sum);
      } else if (main.get().coverage() < wanted.minCoverage()
          || main.get().coverage() > wanted.maxCoverage()) {
        refused.merge("element too small or too large", 1, Integer::sum);
      } else {
        taken.add(group);
        chosen.add(new Source(post, group, main.get(), Optional.empty()));
      }
    }
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          "sources",
          "no post qualifies (%s); expected at least one".formatted(reasons(posts, refused)));
    }
    return chosen;
  }

  private static String reasons(List<Post> posts, Map<String, Integer> refused) {
    return refused.isEmpty()
        ? "of %d posts, none was looked at".formatted(posts.size())
        : refused.entrySet().stream()
            .map(reason -> "%s: %d".formatted(reason.getKey(), reason.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** A misspelt post would otherwise make a smaller study than the one that was written. */
  private static void requireKnown(Collection<String> ids, List<Post> posts) {
    Set<String> known = posts.stream().map(Post::id).collect(Collectors.toSet());
    List<String> unknown = ids.stream().filter(id -> !known.contains(id)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          "sources.ids",
          "found %s, which no post of the model's has; expected ids such as %s"
              .formatted(
                  String.join(", ", unknown.subList(0, Math.min(5, unknown.size()))),
                  posts.isEmpty() ? "those of its posts" : posts.get(0).id()));
    }
  }

  /** Else nothing but the number of refused posts would tell a misspelt column or value. */
  private static void requireKnown(Map<String, String> where, List<Post> posts) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(where)
        .forEach(
            (column, value) -> {
              Set<String> values =
                  posts.stream()
                      .flatMap(p -> Stream.ofNullable(p.metadata().get(column)))
                      .collect(Collectors.toCollection(TreeSet::new));
              if (values.isEmpty()) {
                problems.add(
                    new Problem(
                        "sources.where",
                        "found %s, a column that no post has; expected one of %s"
                            .formatted(column, columns(posts))));
              } else if (!values.contains(value)) {
                problems.add(
                    new Problem(
                        "sources.where",
                        "found %s \"%s\", which no post has; expected a value such as %s"
                            .formatted(
                                column,
                                value,
                                values.stream()
                                    .limit(5)
                                    .map("\"%s\""::formatted)
                                    .collect(Collectors.joining(", ")))));
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static Set<String> columns(List<Post> posts) {
    return posts.stream()
        .flatMap(p -> p.metadata().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Post> shuffled(List<Post> posts, long seed) {
    Map<String, Long> rank = new HashMap<>();
    for (Post post : posts) {
      rank.put(post.id(), Seeds.derive(seed, "source", post.id()));
    }
    return posts.stream()
        .sorted((a, b) -> Long.compare(rank.get(a.id()), rank.get(b.id())))
        .toList();
  }

  /** The first post of each account, then the second of each, and so on. */
  static List<Post> inTurn(List<Post> shuffled, Function<Post, String> accounts) {
    Map<String, Integer> taken = new HashMap<>();
    Map<Integer, List<Post>> turns = new TreeMap<>();
    for (Post post : shuffled) {
      int turn = taken.merge(accounts.apply(post), 1, Integer::sum);
      turns.computeIfAbsent(turn, t -> new ArrayList<>()).add(post);
    }
    return turns.values().stream().flatMap(List::stream).toList();
  }
}
