package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pictures of 12 dimensions, the last of which never varies; the change moves the first two. */
class NuisanceTest {
  private static final int PICTURES = 60;
  private static final int DIMENSIONS = 12;
  private static final int CHANGED = 20;

  private final SplittableRandom random = Seeds.random(3, "nuisance");
  private final float[][] embeddings = new float[PICTURES][DIMENSIONS];
  private final float[][] before = new float[CHANGED][];
  private final float[][] after = new float[CHANGED][];

  NuisanceTest() {
    for (float[] row : embeddings) {
      for (int k = 0; k < DIMENSIONS - 1; k++) {
        row[k] = (float) (5 + (k + 1) * random.nextGaussian());
      }
      row[DIMENSIONS - 1] = 7;
    }
    for (int i = 0; i < CHANGED; i++) {
      before[i] = embeddings[i];
      after[i] = changed(embeddings[i], 1 + random.nextDouble());
    }
  }

  private static float[] changed(float[] embedding, double by) {
    float[] out = embedding.clone();
    out[0] += (float) by;
    out[1] -= (float) (3 * by);
    return out;
  }

  @Test
  void whatTheChangeDoesIsGoneAndTheRestStays() {
    Nuisance nuisance = Nuisance.of(embeddings, before, after, 5);
    assertThat(nuisance.directions()).as("all of it is along one direction").hasDimensions(1, 12);

    float[] picture = embeddings[CHANGED + 3];
    float[] seen = nuisance.without(picture);
    assertThat(nuisance.without(changed(picture, 2))).containsExactly(seen, within(1e-4f));
    for (int k = 2; k < DIMENSIONS; k++) {
      assertThat(seen[k]).isEqualTo(picture[k]);
    }
    assertThat(nuisance.without(seen)).as("taken out once").containsExactly(seen, within(1e-4f));
  }

  @Test
  void anUnknownValueStaysUnknownAndCountsAsTheMean() {
    Nuisance nuisance = Nuisance.of(embeddings, before, after, 5);
    float[] unknown = embeddings[40].clone();
    unknown[0] = Float.NaN;
    float[] mean = embeddings[40].clone();
    mean[0] = nuisance.means()[0];
    assertThat(nuisance.without(unknown)[0]).isNaN();
    assertThat(nuisance.without(unknown)[1]).isEqualTo(nuisance.without(mean)[1]);
  }

  @Test
  void ofSeveralDirectionsTheStrongestAreTaken() {
    for (int i = 0; i < CHANGED; i++) {
      after[i][4] += (float) (.1 * random.nextGaussian());
    }
    assertThat(Nuisance.of(embeddings, before, after, 5).directions()).hasNumberOfRows(2);
    Nuisance strongest = Nuisance.of(embeddings, before, after, 1);
    assertThat(strongest.directions()).hasNumberOfRows(1);
    assertThat(Math.abs(strongest.directions()[0][4])).isLessThan(.05f);
  }

  @Test
  void aChangeThatChangesNothingTakesNothingOut() {
    Nuisance nuisance = Nuisance.of(embeddings, before, before, 5);
    assertThat(nuisance.directions()).isEmpty();
    assertThat(nuisance.without(embeddings[0])).isEqualTo(embeddings[0]);
    assertThatThrownBy(() -> Nuisance.of(embeddings, before, new float[0][], 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 0; expected as many as unchanged ones, 20");
  }

  @Test
  void isKeptAsJson() throws IOException {
    Nuisance nuisance = Nuisance.of(embeddings, before, after, 5);
    ObjectMapper mapper = new ObjectMapper();
    Nuisance read = mapper.readValue(mapper.writeValueAsString(nuisance), Nuisance.class);
    assertThat(read.without(after[2])).isEqualTo(nuisance.without(after[2]));
  }
}
