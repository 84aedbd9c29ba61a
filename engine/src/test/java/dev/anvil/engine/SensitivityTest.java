package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.SensitivityOutcome;
import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.SensitivityRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study under another encoder is run with that encoder, and nothing else changes for it. */
class SensitivityTest {
  @TempDir Path folder;

  @Test
  void anotherEncoderIsTheOneThatIsNamedAndTheModelInUseStays() throws IOException {
    EngineFixture fixture = new EngineFixture(folder);
    Path own = Files.createDirectories(folder.resolve("packs"));
    Packs.backbone(own, "own", 1);
    Path posts = fixture.posts("spring", 60, 4);
    StudyText study =
        new StudyText(
            EngineFixture.STUDY + "encoder: " + BundledPack.NAME + "\n", folder, "study.yaml");
    try (Anvil anvil = fixture.openWarm(own)) {
      anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
      FitOutcome fit = anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);
      anvil.choose(fit.run());

      SensitivityOutcome outcome =
          anvil.run(
              new SensitivityRequest(
                  StudyOnModel.of(study), List.of(EncoderChoice.parse("own")), List.of()),
              RunContext.NONE);

      assertThat(outcome.variations())
          .extracting(Variation::name)
          .contains("as it is", "other folds", "encoder own");
      Variation other = outcome.variations().get(outcome.variations().size() - 1);
      long otherFit = anvil.models().fit(EncoderChoice.parse("own")).id();
      assertThat(other.effects())
          .isEqualTo(
              anvil
                  .run(new StudyRequest(StudyOnModel.of(study).on(otherFit)), RunContext.NONE)
                  .result()
                  .effects())
          .isNotEqualTo(outcome.variations().get(0).effects());
      assertThat(anvil.models().fit(Optional.empty()).id()).isEqualTo(fit.run());
    }
  }
}
