package dev.anvil.predict.split;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows divided into folds of about equal size, with every group in one fold.
 *
 * @param count number of folds, 2 or more
 * @param foldOfRow one number from 0 to {@code count - 1} per row
 */
public record Folds(int count, int[] foldOfRow) {
  public Folds {
    if (count < 2) {
      throw new IllegalArgumentException("found %d folds; expected at least 2".formatted(count));
    }
  }

  /**
   * Shuffles the groups, then gives each, largest first, to the smallest fold.
   *
   * @param groups one number per row
   * @param count folds wanted; fewer are made when there are fewer groups
   * @throws InvalidInputException if there are fewer than two groups
   */
  public static Folds grouped(int[] groups, int count, long seed) {
    List<int[]> members = shuffledGroups(groups, seed);
    requireSeveral(members.size());
    members.sort(Comparator.comparingInt((int[] rows) -> rows.length).reversed());
    int folds = Math.min(count, members.size());
    int[] sizes = new int[folds];
    int[] foldOfRow = new int[groups.length];
    for (int[] rows : members) {
      int smallest =
          IntStream.range(0, folds)
              .boxed()
              .min(Comparator.comparingInt(fold -> sizes[fold]))
              .orElseThrow();
      sizes[smallest] += rows.length;
      for (int row : rows) {
        foldOfRow[row] = smallest;
      }
    }
    return new Folds(folds, foldOfRow);
  }

  public static void requireSeveral(int groups) {
    if (groups < 2) {
      throw new InvalidInputException(
          "groups", "found %d; expected at least 2, to hold some back".formatted(groups));
    }
  }

  /** Rows of each group, groups in random order. */
  static List<int[]> shuffledGroups(int[] groups, long seed) {
    List<int[]> members = List.copyOf(Groups.members(groups).values());
    int[] order = shuffled(members.size(), Seeds.random(seed, "shuffle-groups"));
    return new ArrayList<>(Arrays.stream(order).mapToObj(members::get).toList());
  }

  /** The numbers from 0 to {@code count - 1} in random order. */
  public static int[] shuffled(int count, SplittableRandom random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    return order;
  }

  /** Rows of a fold, ascending. */
  public int[] inside(int fold) {
    return rows(fold, true);
  }

  /** Rows of all other folds, ascending. */
  public int[] outside(int fold) {
    return rows(fold, false);
  }

  private int[] rows(int fold, boolean inside) {
    return IntStream.range(0, foldOfRow.length)
        .filter(row -> (foldOfRow[row] == fold) == inside)
        .toArray();
  }
}
