package dev.anvil.tags;

import dev.anvil.predict.matrix.Matrix;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tags as numbers: one column per level, 1 where a post has it, then the other numbers,
 * standardised.
 *
 * @param levels of the columns of levels, in order
 * @param matrix one row per post
 */
record Coding(List<Level> levels, Matrix matrix) {
  record Level(String column, String level) {}

  /** Codes the chosen columns, in their order. */
  static Coding of(TaggedPosts posts, Predicate<TagColumn> chosen) {
    List<TagColumn> columns = posts.columns().stream().filter(chosen).toList();
    List<Level> levels =
        columns.stream()
            .flatMap(c -> c.levels().stream().map(level -> new Level(c.name(), level)))
            .toList();
    int extra = posts.numbers().map(Matrix::columns).orElse(0);
    int width = Math.max(1, levels.size() + extra);
    float[] values = new float[Math.multiplyExact(posts.count(), width)];
    int at = 0;
    for (TagColumn column : columns) {
      List<String> own = column.levels();
      for (int i = 0; i < posts.count(); i++) {
        values[i * width + at + own.indexOf(column.values().get(i))] = 1;
      }
      at += own.size();
    }
    for (int k = 0; k < extra; k++) {
      standardise(posts.numbers().orElseThrow(), k, values, at + k, width);
    }
    return new Coding(levels, new Matrix(posts.count(), width, values));
  }

  private static void standardise(Matrix from, int column, float[] values, int at, int width) {
    int n = from.rows();
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += from.get(i, column) / (double) n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (from.get(i, column) - mean) * (from.get(i, column) - mean);
    }
    double sd = Math.sqrt(squares / n);
    for (int i = 0; i < n; i++) {
      double d = from.get(i, column) - mean;
      // a constant column seems to vary by rounding
      values[i * width + at] = sd > 1e-6 * Math.abs(mean) ? (float) (d / sd) : 0;
    }
  }

  /** The same posts, all at one level of a column. */
  Matrix allAt(String column, String level) {
    float[] values = matrix.values().clone();
    for (int k = 0; k < levels.size(); k++) {
      if (levels.get(k).column().equals(column)) {
        float value = levels.get(k).level().equals(level) ? 1 : 0;
        for (int i = 0; i < matrix.rows(); i++) {
          values[i * matrix.columns() + k] = value;
        }
      }
    }
    return new Matrix(matrix.rows(), matrix.columns(), values);
  }
}
