package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.ColumnMatch;
import dev.anvil.campaign.Post;
import dev.anvil.stats.Correlation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which metadata columns a model learns from, and why not from the others.
 *
 * @param used names, in the order of the model's columns
 * @param ignored the others
 */
public record MetadataChoice(List<String> used, List<Ignored> ignored) {
  private static final List<String> FIRST = List.of("country", "channel", "audience", "format");
  private static final int MOST_LEVELS = 20;
  private static final double LEAST_KNOWN = .5;
  private static final double LEAST_PER_LEVEL = 2;
  private static final double MOST_ALIKE = .8;

  /** Names of what is counted after a post is out. */
  private static final Pattern AFTERWARDS =
      Pattern.compile(
          "(^|[^a-z])(likes?|clicks?|comments?|shares?|saves?|saved|reach|impressions?|views?|plays?"
              + "|follows?|reactions?|engagements?|interactions?|conversions?|results?|ctr|retweets?"
              + "|reposts?|repl(y|ies)|visits?|purchases?|sales?|revenue|leads?|installs?|votes?)([^a-z]|$)");

  /** Names of what a picture shows, which the picture tells and edits change. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(^|[^a-z])(colou?rs?|paint|settings?|backgrounds?|scenes?|persons?|people|humans?|faces?"
              + "|objects?|elements?|tags?|labels?|vehicles?|cars?|poses?|shot|angle|mood|logo"
              + "|farben?|hintergrund|couleur|fond|colore?s?|fondo)([^a-z]|$)");

  private static final Pattern IDS =
      Pattern.compile("(^|[^a-z])(id|ids|number|nr|no|code|sku|url|link|permalink|hash)([^a-z]|$)");

  /** A column that is not learned from, and the reason. */
  public record Ignored(String column, String reason) {
    public Ignored {
      requireNonNull(column, "column is null");
      requireNonNull(reason, "reason is null");
    }
  }

  public MetadataChoice {
    used = List.copyOf(used);
    ignored = List.copyOf(ignored);
  }

  /**
   * Chooses.
   *
   * @param metric that is learned; never a column itself
   * @param asked names of columns or other metrics, as people type them; empty to choose by type
   * @param elsewhere columns with another part to play, such as that of the account
   * @throws dev.anvil.InvalidInputException when an asked column does not exist
   */
  public static MetadataChoice of(
      List<Post> posts, String metric, Optional<List<String>> asked, Set<String> elsewhere) {
    Set<String> columns = new TreeSet<>();
    posts.forEach(post -> columns.addAll(post.metadata().keySet()));
    Set<String> metrics = new TreeSet<>();
    posts.forEach(post -> metrics.addAll(post.metrics().keySet()));
    metrics.remove(metric);
    List<String> used = new ArrayList<>();
    List<Ignored> ignored = new ArrayList<>();
    if (asked.isPresent()) {
      Set<String> all = new TreeSet<>(columns);
      all.addAll(metrics);
      for (String name : asked.get()) {
        String column = ColumnMatch.require("--features", name, all);
        if (!used.contains(column)) {
          used.add(column);
        }
      }
    }
    for (String column : ordered(columns)) {
      if (!used.contains(column)) {
        Optional<String> reason =
            elsewhere.contains(column)
                ? Optional.of("is the --group or the --per of this fit")
                : asked.isPresent()
                    ? Optional.of("not among --features")
                    : reason(posts, metric, column);
        reason.ifPresentOrElse(
            why -> ignored.add(new Ignored(column, why)), () -> used.add(column));
      }
    }
    for (String other : metrics) {
      if (!used.contains(other)) {
        ignored.add(new Ignored(other, "measured after posting, like the metric"));
      }
    }
    return new MetadataChoice(used, ignored);
  }

  private static Set<String> ordered(Set<String> columns) {
    Set<String> ordered = new LinkedHashSet<>(FIRST);
    ordered.retainAll(columns);
    ordered.addAll(columns);
    return ordered;
  }

  /** Why a column does not enter by itself; empty where it does. */
  private static Optional<String> reason(List<Post> posts, String metric, String column) {
    List<Post> known =
        posts.stream().filter(p -> MetadataColumn.value(p, column).isPresent()).toList();
    List<String> values =
        known.stream().map(p -> MetadataColumn.value(p, column).orElseThrow()).toList();
    int levels = (int) values.stream().distinct().count();
    if (levels <= 1) {
      return Optional.of("the same in every post");
    }
    if (FIRST.contains(column.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    if (known.size() < LEAST_KNOWN * posts.size()) {
      return Optional.of("known of %d of %d posts only".formatted(known.size(), posts.size()));
    }
    String name = column.toLowerCase(Locale.ROOT).replace('_', ' ');
    boolean numeric = values.stream().allMatch(v -> MetadataColumn.parse(v).isPresent());
    if (IDS.matcher(name).find() && levels > known.size() / 2) {
      return Optional.of("an id or address: %d values".formatted(levels));
    }
    if (numeric) {
      return ofNumber(known, values, metric, name);
    }
    if (levels > MOST_LEVELS || known.size() < LEAST_PER_LEVEL * levels) {
      return Optional.of(
          "free text or a name: %d values in %d posts".formatted(levels, known.size()));
    }
    return SHOWN.matcher(name).find()
        ? Optional.of("seems to say what the picture shows, which the picture itself tells")
        : Optional.empty();
  }

  private static Optional<String> ofNumber(
      List<Post> known, List<String> values, String metric, String name) {
    if (AFTERWARDS.matcher(name).find()) {
      return Optional.of("seems to be measured after posting");
    }
    double[] numbers =
        values.stream().mapToDouble(v -> MetadataColumn.parse(v).orElseThrow()).toArray();
    int[] measured =
        IntStream.range(0, numbers.length)
            .filter(i -> known.get(i).metric(metric).isPresent())
            .toArray();
    double[] own = IntStream.of(measured).mapToDouble(i -> numbers[i]).toArray();
    double[] ofMetric =
        IntStream.of(measured)
            .mapToDouble(i -> known.get(i).metric(metric).orElseThrow())
            .toArray();
    if (Arrays.stream(own).distinct().count() > 1
        && Arrays.stream(ofMetric).distinct().count() > 1) {
      double rank = Correlation.spearman(own, ofMetric).orElse(0);
      if (Math.abs(rank) >= MOST_ALIKE) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "moves with the metric (rank correlation %.2f), as if measured after posting or an"
                    + " exposure",
                rank));
      }
    }
    return Optional.empty();
  }

  /** What enters and what does not, in lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Columns beside the picture (and hour and weekday, where known): %s."
            .formatted(used.isEmpty() ? "none" : String.join(", ", used)));
    ignored.forEach(i -> lines.add("Ignored %s: %s.".formatted(i.column(), i.reason())));
    return lines;
  }
}
