package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks are shared while they are used, and a pack that was replaced is another one. */
class NetworksTest {
  @TempDir Path folder;

  @Test
  void aPackThatWasReplacedIsOpenedAnewAndItsModelsAreRefused() throws IOException {
    EngineFixture fixture = new EngineFixture(folder);
    Path own = Files.createDirectories(folder.resolve("packs"));
    Packs.backbone(own, "own", 1);
    FitRequest request = EngineFixture.fit("Spring").with(EncoderChoice.parse("own"));
    Path posts = fixture.posts("spring", 60, 4);
    try (Anvil anvil = fixture.openWarm(own)) {
      anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
      FitOutcome first = anvil.run(request, RunContext.NONE);
      StudyRequest study = new StudyRequest(StudyOnModel.of(fixture.study()).on(first.run()));
      anvil.run(study, RunContext.NONE);

      Packs.backbone(own, "own", 2);

      assertThatThrownBy(() -> anvil.run(study, RunContext.NONE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("own")
          .hasMessageContaining("fit again");
      FitOutcome second = anvil.run(request, RunContext.NONE);
      assertThat(second.run()).isNotEqualTo(first.run());
      assertThat(
              anvil
                  .run(
                      new StudyRequest(StudyOnModel.of(fixture.study()).on(second.run())),
                      RunContext.NONE)
                  .run())
          .isPositive();
    }
  }

  /** Nobody's photographs are painted by what knows renders of cars alone, unless they say so. */
  @Test
  void aPackWithLimitsIsUsedByThoseAloneWhoNameIt() {
    try (Anvil anvil = new EngineFixture(folder).open()) {
      assertThat(anvil.networks().pack("showroom-sd").manifest().limits())
          .contains("renders of cars");
      assertThat(anvil.networks().first(PackKind.STABLE_DIFFUSION)).isEmpty();
      assertThatThrownBy(() -> anvil.networks().needed(PackKind.STABLE_DIFFUSION))
          .isInstanceOf(MissingPackException.class)
          .hasMessageContaining("showroom-sd is there, but knows nothing but renders of cars");
    }
  }

  @Test
  void twoThatLookThroughOneEncoderShareItAndTheLastCloses() {
    try (Anvil anvil = new EngineFixture(folder).open()) {
      Lease<Encoder> first = anvil.networks().encoder(EncoderChoice.BUNDLED);
      Lease<Encoder> second = anvil.networks().encoder(EncoderChoice.BUNDLED);
      assertThat(first.get()).isSameAs(second.get());
      first.close();
      assertThatThrownBy(first::get).isInstanceOf(IllegalStateException.class);
      assertThat(second.get().id()).isNotBlank();
      second.close();
    }
  }
}
