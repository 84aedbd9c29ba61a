package dev.anvil.engine.service.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredictNotesTest {
  private static final Optional<LocalDateTime> FIRST =
      Optional.of(LocalDateTime.parse("2020-01-19T10:00"));
  private static final Optional<LocalDateTime> LAST =
      Optional.of(LocalDateTime.parse("2024-12-20T14:41"));

  @Test
  void aValueOfAColumnThatTheModelDidNotLearnFromIsSaidToChangeNothing() {
    assertThat(PredictNotes.ofUnused(Set.of("likes", "caption", "channel"), Set.of("channel")))
        .containsExactly(
            "The model did not learn from caption, likes: the value that was set changes nothing.");
    assertThat(PredictNotes.ofUnused(Set.of("channel"), Set.of("channel", "country"))).isEmpty();
  }

  @Test
  void aDateBeforeTheFirstPostOrLongAfterTheLastIsNoted() {
    assertThat(PredictNotes.ofTime(FIRST, LAST, at("1999-01-01T12:00")))
        .singleElement()
        .asString()
        .startsWith("The first post is of 2020-01-19. What was usual before is not known");
    assertThat(PredictNotes.ofTime(FIRST, LAST, at("2040-01-01T12:00")))
        .singleElement()
        .asString()
        .startsWith("The last post is of 2024-12-20.");
    assertThat(PredictNotes.ofTime(FIRST, LAST, at("2023-01-01T12:00"))).isEmpty();
    assertThat(PredictNotes.ofTime(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
  }

  private static Optional<LocalDateTime> at(String time) {
    return Optional.of(LocalDateTime.parse(time));
  }
}
