package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureSpecTest {
  private static final float NAN = Float.NaN;
  private static final List<Block> BLOCKS =
      List.of(new Block("whole", 2), new Block("element", 1), new Block("place", 1));
  private static final float[][] EMBEDDINGS = {{1, 2, 3, 4}, {5, 6, NAN, NAN}, {7, 8, 9, 10}};
  private static final List<Post> POSTS =
      List.of(
          post("a", Map.of("country", "UK", "spend", "12.5")),
          post("b", Map.of("country", "DE", "spend", "3")),
          post("c", Map.of("country", "UK")));

  private static Post post(String id, Map<String, String> metadata) {
    // a Wednesday, 06:00
    LocalDateTime time = LocalDateTime.of(2024, 5, 1, 6, 0);
    return new Post(id, id, Path.of(id), time, Map.of(), metadata);
  }

  @Test
  void theWholeIsThePapersViewAndTheElementIsAdded() {
    FeatureSpec whole = FeatureSpec.fit(BLOCKS, FeatureView.WHOLE, POSTS, List.of(), false);
    assertThat(whole.names()).containsExactly("whole.0", "whole.1");
    assertThat(whole.encode(EMBEDDINGS, POSTS).matrix().values()).containsExactly(1, 2, 5, 6, 7, 8);
    FeatureSpec both =
        FeatureSpec.fit(BLOCKS, FeatureView.WHOLE_AND_ELEMENT, POSTS, List.of(), false);
    assertThat(both.names()).containsExactly("whole.0", "whole.1", "element.0", "place.0");
    assertThat(both.encode(EMBEDDINGS, POSTS).matrix().values())
        .containsExactly(1, 2, 3, 4, 5, 6, NAN, NAN, 7, 8, 9, 10);
  }

  @Test
  void numbersStayNumbersLevelsGetColumnsAndUnknownIsNotNil() {
    FeatureSpec spec =
        FeatureSpec.fit(BLOCKS, FeatureView.WHOLE, POSTS, List.of("country", "spend"), false);
    assertThat(spec.names())
        .containsExactly(
            "whole.0", "whole.1", "country=DE", "country=UK", "country=(other)", "spend");
    FeatureSpec.Features features = spec.encode(EMBEDDINGS, POSTS);
    assertThat(features.matrix().values())
        .containsExactly(1, 2, 0, 1, 0, 12.5f, 5, 6, 1, 0, 0, 3, 7, 8, 0, 1, 0, NAN);
    assertThat(features.unseen()).isEmpty();
  }

  @Test
  void unseenCategoriesAreOtherAndCounted() {
    FeatureSpec spec =
        FeatureSpec.fit(BLOCKS, FeatureView.WHOLE, POSTS, List.of("country", "spend"), false);
    FeatureSpec.Features features =
        spec.encode(
            new float[][] {{1, 2, 3, 4}},
            List.of(post("d", Map.of("country", "FR", "spend", "much"))));
    assertThat(features.matrix().values()).containsExactly(1, 2, 0, 0, 1, NAN);
    assertThat(features.unseen()).isEqualTo(Map.of("country", 1, "spend", 1));
  }

  @Test
  void hourIsAPointOnACircleAndWeekdayAColumn() {
    FeatureSpec spec = FeatureSpec.fit(BLOCKS, FeatureView.WHOLE, POSTS, List.of(), true);
    float[] row = spec.encode(EMBEDDINGS, POSTS).matrix().select(new int[] {0}).values();
    assertThat(row[2]).isEqualTo(1);
    assertThat(Math.abs(row[3])).isLessThan(1e-6f);
    assertThat(spec.names().subList(4, 11)).containsSequence("tuesday", "wednesday");
    assertThat(row[6]).isEqualTo(1);
    assertThat(row[4] + row[5] + row[7] + row[8] + row[9] + row[10]).isZero();
  }

  @Test
  void onlyRecognisedMetadataThatVariesIsProposed() {
    assertThat(FeatureSpec.recognised(POSTS)).containsExactly("country");
  }

  @Test
  void jsonGivesAnEqualSpecification() throws Exception {
    FeatureSpec spec =
        FeatureSpec.fit(
            BLOCKS, FeatureView.WHOLE_AND_ELEMENT, POSTS, List.of("country", "spend"), true);
    JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();
    assertThat(mapper.readValue(mapper.writeValueAsString(spec), FeatureSpec.class))
        .isEqualTo(spec);
  }

  @Test
  void columnsThatNoPostHasAreAllNamed() {
    assertThatThrownBy(
            () -> FeatureSpec.fit(BLOCKS, FeatureView.WHOLE, POSTS, List.of("tone", "mood"), false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tone")
        .hasMessageContaining("mood");
  }
}
