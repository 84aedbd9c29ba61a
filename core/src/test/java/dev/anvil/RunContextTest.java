package dev.anvil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunContextTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void tellsOfPhasesWithTheirPaths() {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    RunContext context =
        RunContext.of(
            new PhaseListener() {
              @Override
              public void started(Phase phase) {
                events.add("started " + phase.path());
              }

              @Override
              public void advanced(Phase phase, long count) {
                events.add("advanced " + phase.path() + " by " + count);
              }

              @Override
              public void ended(Phase phase) {
                events.add("ended " + phase.path());
              }
            });

    try (Phase fit = context.start("fit", 2)) {
      Phase refit = fit.context().start("refit", 20);
      refit.step(20);
      refit.close();
      refit.close();
      fit.step(1);
    }

    assertThat(events)
        .containsExactly(
            "started [fit]",
            "started [fit, refit]",
            "advanced [fit, refit] by 20",
            "ended [fit, refit]",
            "advanced [fit] by 1",
            "ended [fit]");
  }

  @Test
  void estimatesTheRestFromTheStepsThatAreDone() {
    Instant[] now = {START};
    RunContext context = RunContext.NONE.withClock(ticking(now));
    try (Phase phase = context.start("encode", 10);
        Phase open = context.start("wait", -1)) {
      assertThat(phase.remaining()).isEmpty();
      phase.step(2);
      open.step(2);
      now[0] = START.plusSeconds(6);

      assertThat(phase.remaining()).contains(Duration.ofSeconds(24));
      assertThat(open.remaining()).isEmpty();
      assertThat(open.total()).isEmpty();
    }
  }

  private static Clock ticking(Instant[] now) {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now[0];
      }
    };
  }

  @Test
  void everyStepLooksForACancellation() {
    Cancellation cancellation = new Cancellation();
    RunContext context = RunContext.of(PhaseListener.NONE, cancellation);
    try (Phase phase = context.start("refit", 2)) {
      phase.step(1);
      cancellation.cancel();
      assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> phase.step(1));
    }
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> context.start("next", 1))
        .satisfies(e -> assertThat(e.code()).isEqualTo(AnvilException.Code.CANCELLED));
  }

  @Test
  void anInterruptIsACancellationAndStays() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(CancelledException.class).isThrownBy(RunContext.NONE::checkCancelled);
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> RunContext.NONE.sleep(Duration.ofMinutes(1)));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aChildIsCancelledWithItsParentAndAlone() {
    Cancellation parent = new Cancellation();
    Cancellation alone = parent.child();
    Cancellation with = parent.child();
    AtomicInteger told = new AtomicInteger();
    Cancellation.Registration gone = with.onCancel(told::incrementAndGet);
    gone.close();
    with.onCancel(told::incrementAndGet);

    alone.cancel();
    assertThat(parent.isCancelled()).isFalse();
    assertThat(with.isCancelled()).isFalse();
    parent.cancel();
    parent.cancel();

    assertThat(with.isCancelled()).isTrue();
    assertThat(told).hasValue(1);
    with.onCancel(told::incrementAndGet);
    assertThat(told).as("it is too late to wait").hasValue(2);
  }

  @Test
  void sleepEndsWhenItIsCancelled() throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    RunContext context = RunContext.of(PhaseListener.NONE, cancellation);
    Thread sleeper =
        new Thread(
            () ->
                assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> context.sleep(Duration.ofMinutes(5))));
    sleeper.start();
    cancellation.cancel();
    sleeper.join(Duration.ofSeconds(2).toMillis());
    assertThat(sleeper.isAlive()).isFalse();
  }

  @Test
  void theTreeShowsWhatGoesOnAndForgetsWhatIsRepeated() {
    ProgressTree tree = new ProgressTree();
    RunContext context = RunContext.of(tree);
    try (Phase study = context.start("study", 3)) {
      for (int i = 0; i < 100; i++) {
        try (Phase refit = study.context().start("refit", 5)) {
          refit.step(5);
        }
      }
      try (Phase encode = study.context().start("encode", 8)) {
        encode.step(2);
        ProgressTree.Node root = tree.snapshot().get(0);
        assertThat(root.name()).isEqualTo("study");
        assertThat(root.ended()).isFalse();
        assertThat(root.children())
            .extracting(ProgressTree.Node::name)
            .containsExactly("refit", "encode");
        assertThat(root.children()).extracting(ProgressTree.Node::done).containsExactly(5L, 2L);
        assertThat(root.children())
            .extracting(ProgressTree.Node::ended)
            .containsExactly(true, false);
      }
    }
    assertThat(tree.snapshot()).singleElement().satisfies(n -> assertThat(n.children()).isEmpty());
    assertThat(tree.snapshot().get(0).ended()).isTrue();
  }

  @Test
  void refusesToWorkWithoutThreads() {
    assertThatIllegalArgumentException().isThrownBy(() -> RunContext.NONE.withThreads(0));
  }
}
