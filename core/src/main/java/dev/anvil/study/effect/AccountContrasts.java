package dev.anvil.study.effect;

import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the posts of each account say of a level against others: the difference of means within the
 * account, where other columns and other levels are adjusted for as all posts tell, with one
 * intercept per account (docs/method.md section 10). Nothing is compared between accounts.
 */
public final class AccountContrasts {
  private final double[] adjusted;
  private final List<String> labels;
  private final List<String> accounts;
  private final int[] groups;
  private final double[] weights;
  private final int[] rows;
  private final Map<String, Double> byLevel;

  private AccountContrasts(
      double[] adjusted,
      List<String> labels,
      List<String> accounts,
      int[] groups,
      double[] weights,
      int[] rows,
      Map<String, Double> byLevel) {
    this.adjusted = adjusted;
    this.labels = labels;
    this.accounts = accounts;
    this.groups = groups;
    this.weights = weights;
    this.rows = rows;
    this.byLevel = byLevel;
  }

  /**
   * The contrast in one account.
   *
   * @param shown posts with the level; near-duplicates count once
   * @param others posts that it is compared with
   * @param effect on the scale of the values
   * @param standardError by the spread that all accounts have within themselves
   */
  public record InAccount(
      String account, int shown, int others, double effect, double standardError) {}

  /**
   * Prepares.
   *
   * @param values one per post, finite for the rows: targets, or what is left of them
   * @param labels level of the factor that each post shows; empty text where it is not known
   * @param controls further columns
   * @param accounts one per post
   * @param groups of near-duplicates, one number per post
   * @param weights how much each post counts; none where all count alike
   * @param rows posts that count
   */
  public static AccountContrasts of(
      double[] values,
      TagColumn labels,
      List<TagColumn> controls,
      List<String> accounts,
      int[] groups,
      double[] weights,
      int[] rows) {
    List<TagColumn> columns = new ArrayList<>(controls);
    columns.add(labels);
    columns.add(new TagColumn("account of the post", accounts));
    TaggedPosts posts = TaggedPosts.of(values, columns, groups, weights, rows);
    double[] adjusted = values.clone();
    for (TagColumn control : controls) {
      Map<String, Double> effects = effects(posts, control, rows);
      for (int row : rows) {
        adjusted[row] -= effects.get(control.values().get(row));
      }
    }
    return new AccountContrasts(
        adjusted, labels.values(), accounts, groups, weights, rows, effects(posts, labels, rows));
  }

  /** Of each level of a column against its commonest; 0 where posts cannot tell. */
  private static Map<String, Double> effects(TaggedPosts posts, TagColumn column, int[] rows) {
    Map<String, Long> counts = new TreeMap<>();
    for (int row : rows) {
      counts.merge(column.values().get(row), 1L, Long::sum);
    }
    String base =
        counts.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
    List<String> levels = counts.keySet().stream().filter(l -> !l.equals(base)).toList();
    List<OptionalDouble> points =
        TagRegression.standard()
            .points(
                posts, levels.stream().map(l -> TagContrast.of(column.name(), l, base)).toList());
    Map<String, Double> effects = new HashMap<>(Map.of(base, 0.0));
    for (int i = 0; i < levels.size(); i++) {
      effects.put(levels.get(i), points.get(i).orElse(0));
    }
    return effects;
  }

  /** Posts of one account on one side of the contrast. */
  private static final class Side {
    private final List<Double> values = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final Set<Integer> groups = new HashSet<>();

    void add(double value, double weight, int group) {
      values.add(value);
      weights.add(weight);
      groups.add(group);
    }

    double mean() {
      double sum = 0;
      for (int i = 0; i < values.size(); i++) {
        sum += weights.get(i) * values.get(i);
      }
      return sum / weight();
    }

    double squares() {
      double mean = mean();
      double sum = 0;
      for (int i = 0; i < values.size(); i++) {
        sum += weights.get(i) * (values.get(i) - mean) * (values.get(i) - mean);
      }
      return sum;
    }

    private double weight() {
      return weights.stream().mapToDouble(w -> w).sum();
    }

    /** What the posts weigh together, near-duplicates once: posts of weight 1 that tell as much. */
    double size() {
      return weight() * groups.size() / values.size();
    }
  }

  /**
   * The contrast in each account whose posts show the level and others.
   *
   * @param level whose effect is asked for
   * @param reference weights of the levels that it is compared with, together 1; the level may be
   *     one of them
   * @return none where no account shows both sides
   */
  public List<InAccount> of(String level, Map<String, Double> reference) {
    double own = reference.getOrDefault(level, 0.0);
    if (own >= 1) {
      return List.of();
    }
    double compared =
        reference.entrySet().stream()
                .filter(e -> !e.getKey().equals(level))
                .mapToDouble(e -> e.getValue() * byLevel.getOrDefault(e.getKey(), 0.0))
                .sum()
            / (1 - own);
    Map<String, Side> shown = new TreeMap<>();
    Map<String, Side> others = new TreeMap<>();
    for (int row : rows) {
      String label = labels.get(row);
      if (label.isEmpty() && !reference.containsKey("")) {
        continue;
      }
      boolean here = label.equals(level);
      Side side = (here ? shown : others).computeIfAbsent(accounts.get(row), account -> new Side());
      side.add(
          adjusted[row] - (here ? 0 : byLevel.get(label) - compared),
          weights.length == 0 ? 1 : weights[row],
          groups[row]);
    }
    shown.keySet().retainAll(others.keySet());
    others.keySet().retainAll(shown.keySet());
    double spread = spread(List.of(shown, others));
    return shown.keySet().stream()
        .map(
            account -> {
              Side with = shown.get(account);
              Side without = others.get(account);
              return new InAccount(
                  account,
                  with.groups.size(),
                  without.groups.size(),
                  (1 - own) * (with.mean() - without.mean()),
                  (1 - own) * spread * Math.sqrt(1 / with.size() + 1 / without.size()));
            })
        .filter(in -> in.standardError() > 0)
        .toList();
  }

  /** Standard deviation of posts around the mean of their side in their account. */
  private static double spread(List<Map<String, Side>> sides) {
    double squares = 0;
    int freedom = 0;
    for (Map<String, Side> byAccount : sides) {
      for (Side side : byAccount.values()) {
        squares += side.squares();
        freedom += side.values.size() - 1;
      }
    }
    return Math.sqrt(squares / Math.max(1, freedom));
  }

  /** How large a share of the known labels of each account is a level; accounts without are out. */
  public Map<String, Double> shares(String level) {
    Function<Integer, String> account = row -> accounts.get(row);
    return Arrays.stream(rows)
        .boxed()
        .filter(row -> !labels.get(row).isEmpty())
        .collect(
            Collectors.groupingBy(
                account,
                TreeMap::new,
                Collectors.averagingDouble(row -> labels.get(row).equals(level) ? 1 : 0)));
  }
}
