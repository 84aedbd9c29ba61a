package dev.anvil.tags;

import dev.anvil.predict.matrix.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sixty posts that reference values were computed on with numpy, scikit-learn and statsmodels. */
final class ReferencePosts {
  private static final int COUNT = 60;

  private ReferencePosts() {}

  /** Red is shown mostly in the wood; of the first thirty posts two each are of a group. */
  static TaggedPosts grouped() {
    return with(IntStream.range(0, COUNT).map(i -> i < 30 ? i / 2 : i).toArray());
  }

  static TaggedPosts single() {
    return with(IntStream.range(0, COUNT).toArray());
  }

  static TaggedPosts with(int[] groups) {
    String[] place = new String[COUNT];
    String[] colour = new String[COUNT];
    double[] target = new double[COUNT];
    float[] number = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      boolean wood = (i * i * 3 + i) % 7 < 3;
      boolean red = (i * 5 + i * i) % 8 < (wood ? 5 : 2);
      place[i] = wood ? "wood" : "town";
      colour[i] = red ? "red" : i % 3 == 0 ? "grey" : "blue";
      number[i] = (float) Math.cos(i);
      target[i] =
          Math.sin(1.7 * i) + (red ? .8 : i % 3 == 0 ? 0 : .3) + (wood ? 1 : 0) + .5 * number[i];
    }
    return new TaggedPosts(
        target,
        List.of(
            new TagColumn("colour", Arrays.asList(colour)),
            new TagColumn("place", Arrays.asList(place))),
        Optional.of(new Matrix(COUNT, 1, number)),
        groups);
  }
}
