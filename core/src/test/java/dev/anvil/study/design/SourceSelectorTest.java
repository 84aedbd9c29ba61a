package dev.anvil.study.design;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceSelectorTest {
  private static final Post POST =
      new Post("a", "a", Path.of("a"), Optional.empty(), Map.of(), Map.of("channel", "web"));

  @Test
  void aMisspeltColumnOrValueOfAConditionIsNamedWithThoseThatPostsHave() {
    assertRefused(
        "{element: car, where: {chanel: web, channel: wep}}",
        "sources.where: found chanel, a column that no post has; expected one of [channel]\n"
            + "sources.where: found channel \"wep\", which no post has; expected a value such"
            + " as \"web\"");
  }

  @Test
  void anIdThatNoPostHasIsRefusedInsteadOfMakingASmallerStudy() {
    assertRefused(
        "{element: car, count: 2, ids: [a, aa]}",
        "sources.ids: found aa, which no post of the model's has; expected ids such as a");
  }

  private static void assertRefused(String sources, String message) {
    StudySpec spec =
        StudyFile.parse(
            """
            anvil: study/1
            metric: likes
            sources: %s
            factors:
              colour: {element: car, editor: recolor, levels: {red: {colour: "#b0383c"}}}
            """
                .formatted(sources),
            "study.yaml");
    assertThatThrownBy(
            () -> SourceSelector.select(spec, List.of(POST), Map.of("a", 0), p -> "", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
