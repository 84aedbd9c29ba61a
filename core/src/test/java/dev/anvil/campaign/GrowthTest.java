package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static Post post(String id, double likes, String account) {
    return new Post(
        id,
        "c" + id,
        Path.of(id + ".jpg"),
        LocalDateTime.of(2024, 1, 1, 12, 0),
        Map.of("likes", likes),
        Map.of("account", account));
  }

  private static Campaign campaign(Post... posts) {
    return new Campaign(
        "Spring",
        List.of(posts),
        Map.of("likes", MetricKind.COUNT),
        new Advice(
            Optional.of("likes"), Optional.of("account"), Optional.empty(), Optional.empty()));
  }

  @Test
  void saysWhatIsNewRevisedMovedAndAbsent() {
    Growth growth =
        Growth.of(
            campaign(post("a", 10, "one"), post("b", 20, "one"), post("c", 30, "two")),
            campaign(post("a", 9, "one"), post("b", 20, "two"), post("d", 5, "one")));

    assertThat(growth.added()).containsExactly("d");
    assertThat(growth.revised()).containsExactly(new Growth.Revision("a", "likes", 10, 9));
    assertThat(growth.moved()).containsExactly("b");
    assertThat(growth.absent()).containsExactly("c");
    assertThat(growth.campaign().posts()).extracting(Post::id).containsExactly("a", "b", "c", "d");
  }

  @Test
  void rowsThatSpellAnAccountOtherwiseAreOfThatAccount() {
    Growth growth =
        Growth.of(
            campaign(post("a", 10, "Nike"), post("b", 20, "Nike"), post("c", 3, "Nike")),
            campaign(post("a", 10, "nike"), post("d", 5, "NIKE ")));

    assertThat(growth.moved()).isEmpty();
    assertThat(growth.campaign().posts())
        .extracting(post -> post.metadata().get("account"))
        .containsOnly("Nike");
  }

  @Test
  void valuesThatCountedAsFinalAndChangedAreLate() {
    Campaign known = campaign(post("old", 100, "one"), post("steady", 100, "one"));
    Campaign young =
        new Campaign(
            known.name(),
            known.posts(),
            known.kinds(),
            new Advice(
                Optional.of("likes"),
                Optional.of("account"),
                Optional.empty(),
                Optional.of(LocalDateTime.of(2023, 12, 31, 12, 0))));
    Campaign rows = campaign(post("old", 106, "one"), post("steady", 104, "one"));

    assertThat(Growth.of(known, rows).late())
        .extracting(Growth.Revision::post)
        .containsExactly("old");
    assertThat(Growth.of(young, rows).late()).isEmpty();
  }

  @Test
  void aMetricThatNoRowHasYetMayBeOfAnyKind() {
    Post waiting =
        new Post(
            "d", "cd", Path.of("d.jpg"), LocalDateTime.of(2024, 2, 1, 12, 0), Map.of(), Map.of());
    Campaign rows =
        new Campaign("Spring", List.of(waiting), Map.of("likes", MetricKind.RATE), Advice.NONE);

    Growth growth = Growth.of(campaign(post("a", 10, "one")), rows);

    assertThat(growth.campaign().kind("likes")).isEqualTo(MetricKind.COUNT);
    assertThat(growth.added()).containsExactly("d");
  }
}
