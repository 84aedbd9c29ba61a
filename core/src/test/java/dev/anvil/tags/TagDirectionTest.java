package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.predict.matrix.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagDirectionTest {
  /** The first feature is twice red, the second three times wood, which red goes with. */
  @Test
  void directionsHoldTheOtherTagsStill() {
    TaggedPosts posts = ReferencePosts.grouped();
    float[] values = new float[2 * posts.count()];
    for (int i = 0; i < posts.count(); i++) {
      values[2 * i] = posts.columns().get(0).values().get(i).equals("red") ? 2 : 0;
      values[2 * i + 1] = posts.columns().get(1).values().get(i).equals("wood") ? 3 : 0;
    }
    List<TagDirection> found =
        TagDirection.of(
            posts,
            new Matrix(posts.count(), 2, values),
            List.of(
                TagContrast.of("colour", "red", "blue"),
                TagContrast.of("colour", "mauve", "blue"),
                TagContrast.of("place", "wood", "town")));

    assertThat(found).extracting(d -> d.contrast().level()).containsExactly("red", "wood");
    assertThat(found.get(0).difference()).containsExactly(new double[] {2, 0}, within(1e-6));
    assertThat(found.get(1).difference()).containsExactly(new double[] {0, 3}, within(1e-6));
  }
}
