package dev.anvil.spark;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.store.Stores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/**
 * Has what the driver's stores do not know yet done by executors, puts it into these stores, and
 * counts: whatever is neither known nor a problem afterwards fails the job.
 */
final class CampaignSpread {
  private static final int SHOWN = 5;

  private final Spread spread;
  private final Tables tables;
  private final Stores stores;

  CampaignSpread(Spread spread, Tables tables, Stores stores) {
    this.spread = requireNonNull(spread, "spread is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.stores = requireNonNull(stores, "stores is null");
  }

  /**
   * Takes up what an earlier run that was killed left in the tables.
   *
   * @return rows that were read
   */
  long resume() {
    tables.clearProblems();
    return tables.load(tables.kept("").filter(col("kind").notEqual(RefitPiece.KIND)), stores);
  }

  /**
   * Has posts looked at; posts of one creative once.
   *
   * @param isKnown whether the stores have all that would be made of a post
   * @param known what executors need not find again of a post
   */
  void posts(
      String name,
      List<Post> posts,
      Predicate<Post> isKnown,
      Function<Post, List<Kept>> known,
      PostPiece piece,
      RunContext context) {
    Map<String, Post> pending = new LinkedHashMap<>();
    for (Post post : posts) {
      if (!pending.containsKey(post.creative()) && !isKnown.test(post)) {
        pending.put(post.creative(), post);
      }
    }
    List<Item> items =
        pending.values().stream()
            .map(post -> Item.of(key(piece, post), Json.write(post), known.apply(post)))
            .toList();
    String run = run(name, items, piece, context);
    refuseNothing(name, run, posts, isKnown);
    reconcile(
        name,
        run,
        pending.values().stream()
            .filter(post -> !isKnown.test(post))
            .map(p -> key(piece, p))
            .toList());
  }

  /** Else the driver would look at all pictures itself, without a word. */
  private void refuseNothing(String name, String run, List<Post> posts, Predicate<Post> isKnown) {
    if (posts.stream().noneMatch(isKnown)) {
      List<Row> problems = tables.problems(run).limit(SHOWN).collectAsList();
      if (!problems.isEmpty()) {
        List<Problem> all = new ArrayList<>();
        all.add(
            new Problem(
                name,
                "executors could look at none of %d pictures; expected them at paths that every executor sees"
                    .formatted(posts.size())));
        problems.forEach(p -> all.add(new Problem(p.getAs("place"), p.getAs("message"))));
        throw new InvalidInputException(all);
      }
    }
  }

  private static String key(PostPiece piece, Post post) {
    return Sha256.of(piece + " " + post.creative());
  }

  /**
   * Has items done and puts what was made into the stores.
   *
   * @return what the names of the files that were written begin with
   */
  String run(String name, List<Item> items, Piece piece, RunContext context) {
    if (items.isEmpty()) {
      return "none";
    }
    String run = spread.run(name, items, piece, context);
    tables.load(tables.kept(run), stores);
    return run;
  }

  /**
   * Fails where something was lost.
   *
   * @param run by {@link #run}
   * @param unknown keys of the items that the stores know nothing of now
   */
  void reconcile(String name, String run, List<String> unknown) {
    Set<String> explained = new HashSet<>();
    for (Row problem : tables.problems(run).select("key").collectAsList()) {
      explained.add(problem.getString(0));
    }
    List<String> lost = unknown.stream().filter(key -> !explained.contains(key)).toList();
    if (!lost.isEmpty()) {
      throw new InternalException(
          "%s: %d items are neither in the table of results nor in that of problems, the first %s; expected none"
              .formatted(name, lost.size(), lost.get(0)));
    }
  }
}
