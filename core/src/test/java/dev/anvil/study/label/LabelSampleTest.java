package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.campaign.Post;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSampleTest {
  private final List<Post> posts = IntStream.range(0, 100).mapToObj(LabelSampleTest::post).toList();
  private final Map<String, String> inferred = new HashMap<>();

  LabelSampleTest() {
    for (int i = 0; i < 100; i++) {
      inferred.put("p" + i, i < 90 ? "red" : i < 95 ? "blue" : "");
    }
  }

  private static Post post(int i) {
    return new Post("p" + i, "hash" + i, Path.of(i + ".png"), Optional.empty(), Map.of(), Map.of());
  }

  private Map<String, Integer> counts(List<Post> sample) {
    Map<String, Integer> counts = new HashMap<>();
    sample.forEach(post -> counts.merge(inferred.get(post.id()), 1, Integer::sum));
    return counts;
  }

  @Test
  void rareLabelsAreAskedForAsOftenAsFrequentOnes() {
    List<Post> sample = LabelSample.of(posts, inferred, Map.of(), 12, 1);

    assertThat(counts(sample)).isEqualTo(Map.of("red", 4, "blue", 4, "", 4));
    assertThat(counts(sample.subList(0, 6))).isEqualTo(Map.of("red", 2, "blue", 2, "", 2));
  }

  @Test
  void whatRareLabelsLackIsFilledWithFrequentOnes() {
    List<Post> sample = LabelSample.of(posts, inferred, Map.of(), 40, 1);

    assertThat(counts(sample)).isEqualTo(Map.of("red", 30, "blue", 5, "", 5));
    assertThat(sample).doesNotHaveDuplicates();
    assertThat(LabelSample.of(posts, inferred, Map.of(), 500, 1)).hasSize(100);
  }

  @Test
  void theSeedDecides() {
    assertThat(LabelSample.of(posts, inferred, Map.of(), 30, 1))
        .isEqualTo(LabelSample.of(posts, inferred, Map.of(), 30, 1))
        .isNotEqualTo(LabelSample.of(posts, inferred, Map.of(), 30, 2));
  }

  @Test
  void labelledPostsAreAskedForOnlyWhereNothingElseIsLeft() {
    Map<String, String> known = Map.of("p0", "red", "p95", "blue");

    assertThat(LabelSample.of(posts, inferred, known, 500, 1))
        .hasSize(98)
        .noneMatch(post -> known.containsKey(post.id()));
    assertThat(LabelSample.of(posts, inferred, inferred, 10, 1)).hasSize(10);
  }
}
