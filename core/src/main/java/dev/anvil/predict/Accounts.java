package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.predict.target.AccountLevels;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The accounts (brands, advertisers, ...) of a campaign, where posts belong to several: what is
 * usual for each, and what its pictures look like.
 *
 * @param column of the posts' metadata that names the account of a post
 * @param levels what is usual for each
 * @param means of the features of each
 */
public record Accounts(String column, AccountLevels levels, AccountMeans means) {
  public Accounts {
    requireNonNull(column, "column is null");
    requireNonNull(levels, "levels is null");
    requireNonNull(means, "means is null");
  }

  /** The account of each post; empty text where it has none. */
  public static List<String> of(List<Post> posts, String column) {
    return posts.stream().map(post -> of(post, column)).toList();
  }

  private static String of(Post post, String column) {
    return post.metadata().getOrDefault(column, "").strip();
  }

  /** The account of each post. */
  public List<String> of(List<Post> posts) {
    return of(posts, column);
  }

  /** What is usual for a post's account when it is posted; empty for an account never seen. */
  public OptionalDouble usual(Post post) {
    return levels.at(of(post, column), post.time());
  }

  /**
   * Finds the column that a user names, whatever its case, accents and spaces.
   *
   * @throws InvalidInputException when there is none, or it tells fewer than two accounts apart
   */
  public static String column(String asked, List<Post> posts) {
    TreeMap<String, TreeSet<String>> values = new TreeMap<>();
    for (Post post : posts) {
      post.metadata()
          .forEach((k, v) -> values.computeIfAbsent(k, c -> new TreeSet<>()).add(v.strip()));
    }
    String column =
        values.keySet().stream()
            .filter(asked::equals)
            .findFirst()
            .or(
                () ->
                    values.keySet().stream().filter(c -> plain(c).equals(plain(asked))).findFirst())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "--group",
                        "found no column \"%s\"; expected one of %s"
                            .formatted(asked, listed(values.keySet()))));
    values.get(column).remove("");
    if (values.get(column).size() < 2) {
      throw new InvalidInputException(
          "--group",
          "column \"%s\" has %s; expected two groups or more: leave the option out to fit one account"
              .formatted(
                  column,
                  values.get(column).isEmpty()
                      ? "no value"
                      : "only the value \"%s\"".formatted(values.get(column).first())));
    }
    if (values.get(column).size() > posts.size() / 2) {
      throw new InvalidInputException(
          "--group",
          ("column \"%s\" has %d values for %d posts; expected a column that names who posts, with"
                  + " several posts of each: one of %s")
              .formatted(column, values.get(column).size(), posts.size(), listed(values.keySet())));
    }
    return column;
  }

  private static String listed(Collection<String> columns) {
    return columns.isEmpty()
        ? "the metadata columns of the posts, of which there are none"
        : String.join(", ", columns);
  }

  /** A name without case, accents, spaces and marks. */
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
