package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ConflictException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.MonitorRequest.Challenger;
import dev.anvil.engine.request.MonitorRequest.OfStudy;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.monitor.Challenge;
import dev.anvil.monitor.EffectsOverTime;
import dev.anvil.monitor.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {
  private static final LocalDate LATER = LocalDate.of(2023, 3, 6);
  private static final int NEW = 12;

  @TempDir Path folder;

  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new EngineFixture(folder);
  }

  /** Rows for {@link #NEW} posts after those that were fitted to, of pictures known already. */
  private ImportRequest later(String clicks) throws IOException {
    Path table = folder.resolve("later/posts.csv");
    if (!Files.exists(table)) {
      fixture.posts("later", NEW, 9);
    }
    StringBuilder csv = new StringBuilder("id,picture,date,channel,clicks,views\n");
    for (int i = 0; i < NEW; i++) {
      csv.append("n%d,later%d.jpg,%s,web,%s,900%n".formatted(i, i, LATER.plusWeeks(i), clicks));
    }
    Files.writeString(table, csv);
    return ImportRequest.of(table, "Spring").appending();
  }

  private static MonitorOutcome monitor(Anvil anvil) {
    return anvil.run(MonitorRequest.standard(), RunContext.NONE);
  }

  @Test
  void whatWasPredictedBeforeItWasKnownIsComparedAfterwards() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      ImportOutcome grown = anvil.run(later(""), RunContext.NONE);
      assertThat(grown.growth().orElseThrow().added()).hasSize(NEW);

      MonitorOutcome before = monitor(anvil);
      assertThat(before.evidence().posts()).isEqualTo(new Evidence.Posts(NEW, 0, NEW));
      assertThat(before.evidence().promise()).isEmpty();
      assertThat(before.toDo().get(0)).startsWith("Nothing to judge yet");

      anvil.run(later("400"), RunContext.NONE);
      MonitorOutcome after = monitor(anvil);
      assertThat(after.evidence().posts()).isEqualTo(new Evidence.Posts(NEW, NEW, 0));
      assertThat(after.evidence().promise().orElseThrow().posts()).isEqualTo(NEW);
      assertThat(after.evidence().afterwards()).isEmpty();
      assertThat(monitor(anvil).evidence().promise()).isEqualTo(after.evidence().promise());
    }
  }

  @Test
  void whatIsFirstSeenWithItsMetricIsNoPromise() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later("400"), RunContext.NONE);
      MonitorOutcome outcome = monitor(anvil);
      assertThat(outcome.evidence().promise()).isEmpty();
      assertThat(outcome.evidence().afterwards().orElseThrow().posts()).isEqualTo(NEW);
    }
  }

  @Test
  void aPredictionThatWasChangedAfterwardsIsFound() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later(""), RunContext.NONE);
      long fit = monitor(anvil).model();
      String key = fit + "/000000003";
      String entry = anvil.workspace().results().get("promise", key).orElseThrow();
      anvil
          .workspace()
          .results()
          .put("promise", key, entry.replaceFirst("\"target\":-?\\d", "\"target\":7"));

      assertThatThrownBy(() -> monitor(anvil))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("entry 4 is not what was written");
    }
  }

  @Test
  void valuesReadAgainAreKeptAndPostsThatRowsDoNotNameStay() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      int known = anvil.campaign(Optional.of("Spring")).posts().size();
      anvil.run(later("400"), RunContext.NONE);
      ImportOutcome again = anvil.run(later("380"), RunContext.NONE);

      assertThat(again.growth().orElseThrow().revised()).hasSize(NEW);
      assertThat(again.growth().orElseThrow().added()).isEmpty();
      assertThat(anvil.campaign(Optional.of("Spring")).posts()).hasSize(known + NEW);
    }
  }

  @Test
  void valuesThatGrowAfterTheyCountedAsFinalAreTold() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later("400"), RunContext.NONE);
      ImportOutcome again = anvil.run(later("480"), RunContext.NONE);

      assertThat(again.growth().orElseThrow().late()).hasSize(NEW);
      assertThat(monitor(anvil).notes())
          .anyMatch(note -> note.contains("after it counted as final: %d.".formatted(NEW)));
    }
  }

  @Test
  void aPictureThatWasExchangedIsPredictedAnew() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later(""), RunContext.NONE);
      monitor(anvil);
      Files.copy(
          folder.resolve("later/later1.jpg"),
          folder.resolve("later/later0.jpg"),
          StandardCopyOption.REPLACE_EXISTING);
      ImportOutcome again = anvil.run(later("400"), RunContext.NONE);
      assertThat(again.growth().orElseThrow().changedPictures()).containsExactly("n0");

      MonitorOutcome outcome = monitor(anvil);
      assertThat(outcome.evidence().promise().orElseThrow().posts()).isEqualTo(NEW - 1);
      assertThat(outcome.evidence().afterwards().orElseThrow().posts()).isEqualTo(1);
    }
  }

  @Test
  void postsFromBeforeTheFitAreLeftOutAndSaid() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      ImportRequest request = later("400");
      Files.writeString(
          request.posts(), Files.readString(request.posts()).replace("2023-03-06", "2022-03-06"));
      anvil.run(request, RunContext.NONE);
      MonitorOutcome outcome = monitor(anvil);
      assertThat(outcome.evidence().posts().all()).isEqualTo(NEW - 1);
      assertThat(outcome.notes()).anyMatch(note -> note.endsWith("know them: 1."));
    }
  }

  @Test
  void withoutLaterPostsThereIsNothingToWatch() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      MonitorOutcome outcome = monitor(anvil);
      assertThat(outcome.evidence().isAlarmed()).isFalse();
      assertThat(outcome.toDo().get(0)).startsWith("There are no posts after");
    }
  }

  @Test
  void aRunLengthOfNothingIsRefused() {
    assertThatThrownBy(
            () ->
                new MonitorRequest(
                    Optional.empty(),
                    0,
                    .05,
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Challenger.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("years");
  }

  @Test
  void aChallengerIsComparedAndNotUsedWithoutProof() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later("400"), RunContext.NONE);
      MonitorRequest standard = MonitorRequest.standard();

      Challenge found =
          anvil
              .run(standard.with(Challenger.COMPARE), RunContext.NONE)
              .evidence()
              .challenge()
              .orElseThrow();
      assertThat(found.verdict()).isEqualTo(Challenge.Verdict.TOO_FEW_POSTS);

      long inUse = anvil.models().fit(Optional.empty()).id();
      MonitorOutcome outcome = anvil.run(standard.with(Challenger.PROMOTE), RunContext.NONE);
      assertThat(outcome.promoted()).isEmpty();
      assertThat(outcome.notes()).anyMatch(note -> note.contains("stays in use"));
      assertThat(anvil.models().fit(Optional.empty()).id()).isEqualTo(inUse);
    }
  }

  /** The same rows without the first one. */
  private ImportRequest withoutFirst(ImportRequest rows) throws IOException {
    String text = Files.readString(rows.posts());
    int first = text.indexOf("n0,");
    Files.writeString(
        rows.posts(), text.substring(0, first) + text.substring(text.indexOf('\n', first) + 1));
    return rows;
  }

  @Test
  void deletedPostsAreToldAndStayAsHistory() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later("400"), RunContext.NONE);
      int posts = anvil.campaign(Optional.of("Spring")).posts().size();
      ImportRequest fewer = withoutFirst(later("400"));

      assertThat(anvil.run(fewer, RunContext.NONE).growth().orElseThrow().deleted()).isEmpty();
      ImportOutcome complete = anvil.run(fewer.appendingAll(), RunContext.NONE);

      assertThat(complete.growth().orElseThrow().deleted()).contains("n0").doesNotContain("n1");
      assertThat(anvil.campaign(Optional.of("Spring")).posts()).hasSize(posts);
      MonitorOutcome outcome = monitor(anvil);
      assertThat(outcome.evidence().posts().all()).isEqualTo(NEW);
      assertThat(outcome.notes())
          .anyMatch(n -> n.startsWith("Later posts that were deleted since: 1."));

      anvil.run(later("400"), RunContext.NONE);
      assertThat(monitor(anvil).notes()).noneMatch(n -> n.contains("deleted"));
    }
  }

  @Test
  void valuesRevisedDownwardsAreToldAndTheNewestAreCompared() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later(""), RunContext.NONE);
      monitor(anvil);
      anvil.run(later("400"), RunContext.NONE);
      double before = monitor(anvil).evidence().promise().orElseThrow().meanError();
      anvil.run(later("40"), RunContext.NONE);
      MonitorOutcome after = monitor(anvil);

      assertThat(after.notes())
          .contains(
              "Later posts whose clicks was revised downwards: 12. The newest values are compared.");
      assertThat(after.evidence().promise().orElseThrow().meanError()).isGreaterThan(before);
    }
  }

  @Test
  void monitorsAtOnceWriteOneChain() throws Exception {
    try (Anvil anvil = fixture.openFitted()) {
      anvil.run(later(""), RunContext.NONE);
      ExecutorService both = Executors.newFixedThreadPool(2);
      try {
        List<Future<MonitorOutcome>> outcomes =
            both.invokeAll(List.of(() -> monitor(anvil), () -> monitor(anvil)));
        for (Future<MonitorOutcome> outcome : outcomes) {
          assertThat(outcome.get().evidence().posts().waiting()).isEqualTo(NEW);
        }
      } finally {
        both.shutdown();
      }
      anvil.run(later("400"), RunContext.NONE);
      assertThat(monitor(anvil).evidence().promise().orElseThrow().posts()).isEqualTo(NEW);
    }
  }

  @Test
  void aYearOfTooFewPostsIsRefusedByName() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      long study =
          anvil.run(new StudyRequest(StudyOnModel.of(fixture.study())), RunContext.NONE).run();

      EffectsOverTime found =
          anvil
              .run(
                  MonitorRequest.standard().withEffects(new OfStudy(Optional.empty())),
                  RunContext.NONE)
              .evidence()
              .effects()
              .orElseThrow();

      assertThat(found.study()).isEqualTo(study);
      assertThat(found.periods()).isEmpty();
      assertThat(found.refused())
          .extracting(EffectsOverTime.Refused::period)
          .containsExactly("2022", "2023");
      assertThat(found.refused().get(0).why()).contains("2022").contains("at least 60");
    }
  }
}
