package dev.anvil.study.starter;

/** How many posts a level of a starter study needs. */
final class Enough {
  /**
   * Different pictures that must show a level; near-duplicates count once.
   *
   * <p>A level's effect is corrected by the mean residual of the posts that show it (docs/method.md
   * section 3.3). With 20 of them the 95 % interval of that mean is half a standard deviation of
   * the target to either side ({@code 2.09 / sqrt(20)}), about 20 to 30 % of a usual metric. With
   * fewer no effect of a size that occurs can be told from none, and intervals by Student's t begin
   * to depend on single pictures.
   */
  static final int PICTURES = 20;

  /** More levels than this take posts from each other. */
  static final int LEVELS = 6;

  private Enough() {}
}
