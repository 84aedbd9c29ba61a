package dev.anvil.engine.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FewPostsTest {
  private static Campaign campaign(int posts, IntFunction<Post> post) {
    return Campaign.of("spring", IntStream.range(0, posts).mapToObj(post).toList());
  }

  private static Campaign campaign(int posts, int daysBetween) {
    return campaign(
        posts,
        i ->
            new Post(
                "p" + i,
                "c" + i,
                Path.of("p" + i + ".jpg"),
                Optional.of(LocalDateTime.of(2020, 1, 1, 9, 0).plusDays((long) daysBetween * i)),
                Map.of("likes", 100.0 + 20 * (i % 3)),
                Map.of("channel", i % 2 == 0 ? "mail" : "web")));
  }

  @Test
  void fewerThanFivePostsAreRefusedWithWhatIsNeeded() {
    assertThatThrownBy(() -> FewPosts.require(campaign(4, 1), "likes"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4 posts")
        .hasMessageContaining("5")
        .hasMessageContaining("60");
    assertThatCode(() -> FewPosts.require(campaign(5, 1), "likes")).doesNotThrowAnyException();
    assertThat(FewPosts.are(campaign(59, 1), "likes")).isTrue();
    assertThat(FewPosts.are(campaign(60, 1), "likes")).isFalse();
  }

  private static Campaign undated(int posts, int pictures, double likes) {
    return campaign(
        posts,
        i ->
            new Post(
                "p" + i,
                "c" + i % pictures,
                Path.of("p" + i + ".jpg"),
                Optional.empty(),
                Map.of("likes", likes * i, "saves", 1.0 * i),
                Map.of()));
  }

  @Test
  void aMetricThatIsTheSameForAllPostsIsRefusedAndAnotherNamed() {
    assertThatThrownBy(() -> FewPosts.require(undated(8, 8, 0), "likes"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems().get(0).mend()).contains(new Mend("metric", "saves")))
        .hasMessageContaining("likes is 0 for all 8 posts, so there is nothing to explain");
  }

  @Test
  void manyPostsOfOnePictureAreRefused() {
    assertThatThrownBy(() -> FewPosts.require(undated(80, 1, 1), "likes"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 80 posts of 1 picture; expected at least 5 different pictures");
  }

  @Test
  void theMetricIsDescribedWithMeansOfGroups() {
    List<String> lines = FewPosts.description(campaign(12, 1), "likes", List.of("channel"));
    assertThat(lines.get(0))
        .isEqualTo("likes of 12 posts: median 120.0, mean 120.0, from 100.0 to 140.0.");
    assertThat(lines.get(1))
        .startsWith("channel mail: mean 120.0 (6 posts, 95 % interval 101.2 to 138.8)");
    assertThat(FewPosts.needed(campaign(12, 1), "likes"))
        .startsWith("12 posts are too few to learn from pictures: 60 are needed for a model, and");
  }

  @Test
  void postsTooFarApartForATrendAreTakenAsIfWithoutDates() {
    assertThat(FewPosts.undated(campaign(80, 7), "likes")).isEmpty();
    assertThat(FewPosts.undated(campaign(80, 60), "likes").orElseThrow().isDated()).isFalse();
    assertThat(FewPosts.undated(campaign(30, 7), "likes")).isPresent();
  }
}
