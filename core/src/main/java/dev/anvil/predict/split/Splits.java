package dev.anvil.predict.split;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The splits that are always reported side by side (docs/method.md section 2). */
public final class Splits {
  private static final double TEST_SHARE = .2;
  private static final long UNDATED_SEED = 1;

  private Splits() {}

  /**
   * Random, temporal and grouped splits with a fifth of the posts for testing; no temporal one when
   * a time is unknown.
   */
  public static List<Split> all(List<Optional<LocalDateTime>> times, int[] groups, long seed) {
    List<Split> splits = new ArrayList<>();
    splits.add(random(groups.length, TEST_SHARE, seed));
    if (dated(times)) {
      splits.add(temporal(times.stream().map(Optional::get).toList(), TEST_SHARE));
    }
    splits.add(grouped(groups, TEST_SHARE, seed));
    return List.copyOf(splits);
  }

  private static boolean dated(List<Optional<LocalDateTime>> times) {
    return times.stream().allMatch(Optional::isPresent);
  }

  /** Any post may be tested, near-duplicates of training posts too, as in the paper. */
  public static Split random(int rows, double testShare, long seed) {
    boolean[] tested = drawGroups(IntStream.range(0, rows).toArray(), testShare, seed);
    return split("random", tested);
  }

  /** The newest posts are tested. */
  public static Split temporal(List<LocalDateTime> times, double testShare) {
    int[] oldestFirst = oldestFirst(times);
    boolean[] tested = new boolean[times.size()];
    int train = times.size() - wanted(times.size(), testShare);
    Arrays.stream(oldestFirst).skip(train).forEach(row -> tested[row] = true);
    return split("temporal", tested);
  }

  /** Posts of one group are all trained on or all tested. */
  public static Split grouped(int[] groups, double testShare, long seed) {
    return split(GROUPED, drawGroups(groups, testShare, seed));
  }

  /** Name of the split by near-duplicates. */
  public static final String GROUPED = "grouped";

  /** Name of {@link #newGroups}. */
  public static final String NEW_GROUPS = "new groups";

  /**
   * Whole accounts are tested, each by a regressor that saw none of its posts: how well a new
   * account would be predicted. A cross-validation in five parts, since few accounts tell little.
   *
   * @param accounts one per row, two or more of them
   */
  public static Split newGroups(List<String> accounts, long seed) {
    List<String> names = accounts.stream().distinct().sorted().toList();
    int[] numbers = accounts.stream().mapToInt(names::indexOf).toArray();
    return Split.crossed(NEW_GROUPS, Folds.grouped(numbers, 5, seed));
  }

  /** Row numbers by time; of posts at one time the earlier row first. */
  public static int[] oldestFirst(List<LocalDateTime> times) {
    return IntStream.range(0, times.size())
        .boxed()
        .sorted(Comparator.comparing(times::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The same; when a time is unknown, rows in random order, those of a group together. */
  public static int[] oldestFirst(List<Optional<LocalDateTime>> times, int[] groups) {
    return dated(times)
        ? oldestFirst(times.stream().map(Optional::get).toList())
        : Folds.shuffledGroups(groups, UNDATED_SEED).stream()
            .flatMapToInt(Arrays::stream)
            .toArray();
  }

  private static boolean[] drawGroups(int[] groups, double testShare, long seed) {
    boolean[] tested = new boolean[groups.length];
    int left = wanted(groups.length, testShare);
    for (int[] group : Folds.shuffledGroups(groups, seed)) {
      if (group.length <= left) {
        left -= group.length;
        Arrays.stream(group).forEach(row -> tested[row] = true);
      }
    }
    return tested;
  }

  private static int wanted(int rows, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share %s is not between 0 and 1".formatted(share));
    }
    return (int) Math.round(rows * share);
  }

  private static Split split(String name, boolean[] tested) {
    int[] rows = IntStream.range(0, tested.length).toArray();
    return new Split(
        name,
        Arrays.stream(rows).filter(row -> !tested[row]).toArray(),
        Arrays.stream(rows).filter(row -> tested[row]).toArray());
  }
}
