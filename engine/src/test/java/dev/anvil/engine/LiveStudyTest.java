package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Cancellation;
import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.engine.outcome.ForecastOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.ForecastRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.study.LiveStudy;
import dev.anvil.study.StudyForecast.FactorCost;
import dev.anvil.study.StudyListener.InterimEstimates;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies before and while they run. */
class LiveStudyTest {
  /** With an interim analysis after 12 creatives. */
  private static final String GROWING =
      """
      anvil: study/1
      name: Growing
      metric: clicks
      seed: 3
      sources: {element: [car, truck, bus], count: 20, min_coverage: 0.01, stop: {half_width: 0.001, first: 12, step: 8}}
      factors:
        colour:
          element: [car, truck, bus]
          editor: recolor
          reference: average
          levels:
            red: {colour: "#b0383c"}
            blue: {colour: "#3852a2"}
            black: {colour: "#36383a"}
      placebos:
        tone:
          element: picture
          editor: tone
          levels:
            tint: {colour: "#c8a060", strength: 0.08}
      """;

  @TempDir Path folder;

  /** Looks at a study each time that its run gets on. */
  private static final class Watching implements PhaseListener {
    private final Anvil anvil;
    private final List<LiveStudy> seen = new ArrayList<>();
    private int pictures;

    Watching(Anvil anvil) {
      this.anvil = anvil;
    }

    @Override
    public void started(Phase phase) {
      look();
    }

    @Override
    public void advanced(Phase phase, long count) {
      look();
    }

    @Override
    public void ended(Phase phase) {
      look();
    }

    private synchronized void look() {
      for (long run = 1; run < 20; run++) {
        long id = run;
        anvil
            .liveStudies()
            .find(id)
            .ifPresent(
                study -> {
                  seen.add(study);
                  for (var variant : study.variants()) {
                    pictures +=
                        anvil.liveStudies().picture(id, variant.number()).isPresent() ? 1 : 0;
                  }
                });
      }
    }
  }

  private StudyRequest study() {
    return new StudyRequest(StudyOnModel.of(new StudyText(GROWING, folder, "study.yaml")));
  }

  @Test
  void aWatchedStudyShowsVariantsAndEstimatesAndComesToTheSameResult() throws IOException {
    StudyResult alone;
    try (Anvil anvil =
        new EngineFixture(Files.createDirectories(folder.resolve("alone"))).openFitted()) {
      Watching nobody = new Watching(anvil);
      alone = anvil.run(study(), RunContext.of(nobody, new Cancellation())).result();
      assertThat(nobody.seen).isEmpty();
    }
    try (Anvil anvil =
        new EngineFixture(Files.createDirectories(folder.resolve("watched"))).openFitted()) {
      anvil.liveStudies().watch();
      Watching watching = new Watching(anvil);
      StudyOutcome outcome = anvil.run(study(), RunContext.of(watching, new Cancellation()));
      StudyResult watched = outcome.result();
      assertThat(watched.effects()).isEqualTo(alone.effects());
      assertThat(watched.variants()).isEqualTo(alone.variants());
      assertThat(watching.pictures).isPositive();
      assertThat(anvil.liveStudies().find(outcome.run())).isEmpty();
      var newest = watching.seen.get(watching.seen.size() - 1).variants().get(0);
      assertThat(anvil.liveStudies().picture(outcome.run(), newest.number())).isPresent();
      assertThat(watching.seen).anyMatch(s -> s.made() > 0 && s.valid().isEmpty());
      assertThat(watching.seen).flatExtracting(s -> s.unestimated().stream().toList()).isEmpty();
      assertThat(watching.seen)
          .filteredOn(s -> s.valid().isEmpty())
          .anySatisfy(
              s -> {
                assertThat(s.provisional()).isPresent();
                var estimates = s.provisional().orElseThrow();
                assertThat(estimates.sources()).isBetween(5, 11);
                assertThat(estimates.valid()).isFalse();
                assertThat(estimates.effects()).hasSize(3).noneMatch(Effect::placebo);
              });
      // pictures explain nothing of these few posts, so that its interim analysis claims nothing
      assertThat(watching.seen)
          .allMatch(s -> s.valid().isEmpty())
          .flatExtracting(s -> s.provisional().stream().toList())
          .noneMatch(InterimEstimates::valid)
          .anyMatch(e -> e.sources() == 12 && e.level() > .95);
      assertThat(watching.seen).isNotEmpty();
      int seen = watching.seen.size();
      watching.look();
      assertThat(watching.seen).hasSize(seen);
    }
  }

  @Test
  void aForecastCountsPicturesAndSaysWhatCanBeFoundWithMoreCreatives() throws IOException {
    try (Anvil anvil = new EngineFixture(folder).openFitted()) {
      ForecastOutcome made = anvil.run(new ForecastRequest(study().what(), 6), RunContext.NONE);
      FactorCost colour = made.forecast().factors().get(0);
      assertThat(made.forecast().sources()).isEqualTo(20);
      assertThat(colour.pictures()).isEqualTo(60);
      assertThat(colour.toMake()).isEqualTo(60 - 18);
      assertThat(colour.secondsEach().orElseThrow()).isBetween(1e-4, 60.0);
      assertThat(made.forecast().toMake()).isEqualTo(14 * 4);
      assertThat(made.seconds().orElseThrow())
          .isGreaterThan(14 * 3 * colour.secondsEach().getAsDouble());
      assertThat(made.forecast().contrasts()).hasSize(3).allMatch(c -> c.pilot() == 6);

      StudyResult full = anvil.run(study(), RunContext.NONE).result();
      for (int i = 0; i < 3; i++) {
        double forecast = made.forecast().contrasts().get(i).effect().orElseThrow();
        assertThat(forecast / full.effects().get(i).minimumDetectable()).isBetween(.3, 3.0);
      }
      ForecastOutcome again = anvil.run(new ForecastRequest(study().what(), 6), RunContext.NONE);
      assertThat(again.forecast().toMake()).isZero();
    }
  }

  @Test
  void aForecastOfTooFewCreativesIsRefused() {
    assertThatThrownBy(() -> new ForecastRequest(study().what(), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 4; expected 5 to 50");
  }
}
