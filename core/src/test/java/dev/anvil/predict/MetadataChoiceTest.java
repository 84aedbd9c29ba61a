package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.predict.MetadataChoice.Ignored;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetadataChoiceTest {
  private static final List<Post> POSTS = IntStream.range(0, 40).mapToObj(i -> post(i)).toList();

  private static Post post(int i) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("Country", i % 2 == 0 ? "UK" : "FR");
    metadata.put("budget tier", "t" + i % 3);
    metadata.put("bedrooms", Integer.toString(1 + i * 7 % 5));
    metadata.put("caption", "post number " + i);
    metadata.put("brand", "same");
    metadata.put("Post ID", Integer.toString(17_000 + i));
    metadata.put("Reach", Integer.toString(100 + i * 13 % 40));
    metadata.put("spend", Integer.toString(5 * i));
    metadata.put("colour", i % 4 == 0 ? "red" : "blue");
    metadata.put("Région", i % 5 == 0 ? "nord" : "sud");
    if (i < 10) {
      metadata.put("note", i % 2 == 0 ? "a" : "b");
    }
    return new Post(
        "p" + i,
        "c" + i,
        Path.of("p.jpg"),
        Optional.empty(),
        Map.of("likes", 10.0 * i + i % 3, "comments", 1.0 * i),
        metadata);
  }

  @Test
  void columnsEnterByTheirTypeAndOthersDoNotWithTheReason() {
    MetadataChoice choice = MetadataChoice.of(POSTS, "likes", Optional.empty(), Set.of());
    assertThat(choice.used())
        .containsExactlyInAnyOrder("Country", "budget tier", "bedrooms", "Région");
    assertThat(choice.ignored())
        .extracting(Ignored::column)
        .containsExactlyInAnyOrder(
            "caption", "brand", "Post ID", "Reach", "spend", "colour", "note", "comments");
    assertThat(reason(choice, "caption")).contains("free text");
    assertThat(reason(choice, "brand")).contains("same in every post");
    assertThat(reason(choice, "Post ID")).contains("id");
    assertThat(reason(choice, "Reach")).contains("after posting");
    assertThat(reason(choice, "spend")).contains("moves with the metric");
    assertThat(reason(choice, "colour")).contains("picture");
    assertThat(reason(choice, "note")).contains("10 of 40");
    assertThat(reason(choice, "comments")).contains("after posting");
  }

  private static String reason(MetadataChoice choice, String column) {
    return choice.ignored().stream()
        .filter(i -> i.column().equals(column))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void columnsThatAreAskedForEnterWhateverTheyAreAndNoOthers() {
    MetadataChoice choice =
        MetadataChoice.of(
            POSTS, "likes", Optional.of(List.of("country", "REGION", "Comments")), Set.of());
    assertThat(choice.used()).containsExactly("Country", "Région", "comments");
    assertThat(MetadataChoice.of(POSTS, "likes", Optional.of(List.of()), Set.of()).used())
        .isEmpty();
    assertThatThrownBy(
            () -> MetadataChoice.of(POSTS, "likes", Optional.of(List.of("contry")), Set.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("contry")
        .hasMessageContaining("Country");
  }
}
