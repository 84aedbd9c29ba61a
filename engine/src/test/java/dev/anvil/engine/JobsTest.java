package dev.anvil.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.store.Run;
import dev.anvil.study.StudyResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in the background: shared, stopped, killed, and gone on with. */
class JobsTest {
  private static final int POSTS = 60;

  @TempDir Path folder;

  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new EngineFixture(folder);
  }

  @Test
  void twoEqualJobsAtOnceAreDoneOnce() throws IOException {
    try (Anvil anvil = imported(fixture.openWarm())) {
      Job<FitOutcome> first = anvil.jobs().submit(EngineFixture.fit("Spring"));
      Job<FitOutcome> second = anvil.jobs().submit(EngineFixture.fit("Spring"));

      assertThat(second.await()).isEqualTo(first.await());
      assertThat(fits(anvil)).hasSize(1);
    }
  }

  @Test
  void twoJobsAtOnceOnOneModelGiveWhatEachGivesAlone() throws IOException {
    StudyRequest study = new StudyRequest(StudyOnModel.of(fixture.study()));
    StudyRequest other =
        new StudyRequest(
            StudyOnModel.of(
                new StudyText(
                    EngineFixture.STUDY.replace("#3852a2", "#e0b23a"), folder, "other.yaml")));
    StudyResult alone;
    StudyResult otherAlone;
    try (Anvil anvil = fixture.openFitted()) {
      Job<StudyOutcome> a = anvil.jobs().submit(study);
      Job<StudyOutcome> b = anvil.jobs().submit(other);
      alone = a.await().result();
      otherAlone = b.await().result();
    }
    EngineFixture second = new EngineFixture(Files.createDirectory(folder.resolve("again")));
    try (Anvil anvil = second.openFitted()) {
      assertThat(anvil.run(study, RunContext.NONE).result()).isEqualTo(alone);
      assertThat(anvil.run(other, RunContext.NONE).result()).isEqualTo(otherAlone);
    }
  }

  /** Stops a fit, then a study, when each phase begins; what comes out in the end is the same. */
  @Test
  void aJobThatIsStoppedAtAnyStageGoesOnToTheSameResult() throws IOException {
    StudyRequest study = new StudyRequest(StudyOnModel.of(fixture.study()));
    Set<String> stopped = new LinkedHashSet<>();
    FitOutcome fit;
    StudyOutcome studied;
    try (Anvil anvil = imported(fixture.open())) {
      fit = untilDone(anvil, EngineFixture.fit("Spring"), stopped);
      studied = untilDone(anvil, study, stopped);
    }
    assertThat(stopped).contains("find elements", "encode", "refit", "resample", "evaluate");
    EngineFixture second = new EngineFixture(Files.createDirectory(folder.resolve("again")));
    try (Anvil anvil = second.openWarm()) {
      anvil.run(ImportRequest.of(folder.resolve("spring/posts.csv"), "Spring"), RunContext.NONE);
      assertThat(anvil.run(EngineFixture.fit("Spring"), RunContext.NONE).report())
          .isEqualTo(fit.report());
      assertThat(anvil.run(study, RunContext.NONE).result()).isEqualTo(studied.result());
    }
  }

  /** Cancels at the first phase whose name is new, again and again. */
  private static <R> R untilDone(Anvil anvil, Request<R> request, Set<String> stopped) {
    while (true) {
      Cancellation cancellation = new Cancellation();
      PhaseListener stopper = new StopsAtNewPhases(stopped, cancellation);
      try {
        return anvil.run(request, RunContext.of(stopper, cancellation));
      } catch (CancelledException e) {
        assertThat(anvil.workspace().runs().list().get(0).state()).isEqualTo(Run.State.CANCELLED);
      }
    }
  }

  private record StopsAtNewPhases(Set<String> stopped, Cancellation cancellation)
      implements Listening {
    @Override
    public void started(Phase phase) {
      synchronized (stopped) {
        if (stopped.add(phase.name())) {
          cancellation.cancel();
        }
      }
    }
  }

  @Test
  void aCancelledJobEndsWithinTwoSecondsAndSaysSo() throws Exception {
    try (Anvil anvil = imported(fixture.open())) {
      Job<FitOutcome> job = anvil.jobs().submit(EngineFixture.fit("Spring"));
      while (job.progress().snapshot().isEmpty()) {
        Thread.sleep(5);
      }
      anvil.jobs().cancel(job.run());
      assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
      assertThat(anvil.workspace().runs().get(job.run()).orElseThrow().state())
          .isEqualTo(Run.State.CANCELLED);
      assertThat(anvil.run(EngineFixture.fit("Spring"), RunContext.NONE).report()).isNotNull();
    }
  }

  @Test
  void aJobThatRunsOutOfMemoryFailsAndTheEngineGoesOn() throws IOException {
    try (Anvil anvil = imported(fixture.openWarm())) {
      PhaseListener greedy =
          (Listening)
              phase -> {
                throw new OutOfMemoryError("no memory left for " + phase.name());
              };
      assertThatThrownBy(() -> anvil.run(EngineFixture.fit("Spring"), RunContext.of(greedy)))
          .isInstanceOf(OutOfMemoryError.class);
      Run failed = anvil.workspace().runs().list().get(0);
      assertThat(failed.state()).isEqualTo(Run.State.FAILED);
      assertThat(failed.failure().orElseThrow().code()).isEqualTo("INTERNAL");
      assertThat(anvil.run(EngineFixture.fit("Spring"), RunContext.NONE).report()).isNotNull();
    }
  }

  @Test
  void aKilledProcessLosesNothingAndItsRunIsTakenUp() throws Exception {
    fixture.posts("spring", POSTS, 4);
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Danvil.home=" + EngineFixture.HOME,
                FitProcess.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("phase encode")) {
        line = out.readLine();
      }
      assertThat(line).isEqualTo("phase encode");
    }
    process.destroyForcibly().waitFor();
    try (Anvil anvil = fixture.open()) {
      FitOutcome fit = anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);
      assertThat(fits(anvil)).hasSize(1);
      assertThat(fits(anvil).get(0).id()).isEqualTo(fit.run());
    }
  }

  private Anvil imported(Anvil anvil) throws IOException {
    Path posts = fixture.posts("spring", POSTS, 4);
    anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
    return anvil;
  }

  private static List<Run> fits(Anvil anvil) {
    return anvil.workspace().runs().list().stream()
        .filter(run -> run.request().command().equals(FitRequest.JOB))
        .toList();
  }
}
