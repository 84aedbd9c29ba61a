package dev.anvil.study.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.campaign.Post;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private static List<Post> posts(String... accounts) {
    return Stream.of(accounts)
        .map(a -> new Post(a, a, Path.of(a), Optional.empty(), Map.of(), Map.of()))
        .toList();
  }

  @Test
  void aGiantAccountGivesNoMoreSourcesThanOthersWhileOthersHaveSome() {
    assertThat(
            SourceSelector.inTurn(
                posts("g1", "g2", "g3", "g4", "a1", "b1", "b2"), p -> p.id().substring(0, 1)))
        .extracting(Post::id)
        .containsExactly("g1", "a1", "b1", "g2", "b2", "g3", "g4");
  }

  @Test
  void postsOfOneAccountKeepTheirOrder() {
    List<Post> posts = posts("x1", "x2", "x3");
    assertThat(SourceSelector.inTurn(posts, p -> "")).isEqualTo(posts);
  }
}
