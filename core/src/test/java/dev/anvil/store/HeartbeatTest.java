package dev.anvil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.store.Run.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration BEAT = Duration.ofMillis(20);

  @TempDir Path temp;
  private final BlockingQueue<Run> told = new LinkedBlockingQueue<>();
  private Ledger runs;
  private long id;

  @BeforeEach
  void claim() {
    runs = new MemoryStores(temp, Clock.systemUTC()).runs();
    id = runs.submit(Run.Request.of("fit", "{}", 1, "0.1")).id();
    runs.claim(id, "a", LEASE);
  }

  @Test
  void renewsTheLeaseUntilItIsClosed() throws Exception {
    Run claimed = runs.get(id).orElseThrow();
    try (Heartbeat beat = Heartbeat.of(runs, id, "a", BEAT, told::add)) {
      assertThat(beat).isNotNull();
      Run renewed = told.poll(10, TimeUnit.SECONDS);
      assertThat(renewed.lease().orElseThrow().until())
          .isAfter(claimed.lease().orElseThrow().until());
    }
    told.clear();
    Thread.sleep(3 * BEAT.toMillis());
    assertThat(told).isEmpty();
  }

  @Test
  void tellsThatSomebodyWantsTheRunStopped() throws Exception {
    runs.requestCancel(id);
    try (Heartbeat beat = Heartbeat.of(runs, id, "a", BEAT, told::add)) {
      assertThat(beat).isNotNull();
      assertThat(told.poll(10, TimeUnit.SECONDS).cancelRequested()).isTrue();
    }
  }

  @Test
  void tellsLastThatTheRunIsNotTheOwnersAnyMore() throws Exception {
    runs.release(id, "a");
    runs.claim(id, "b", LEASE);
    try (Heartbeat beat = Heartbeat.of(runs, id, "a", BEAT, told::add)) {
      assertThat(beat).isNotNull();
      Run lost = told.poll(10, TimeUnit.SECONDS);
      assertThat(lost.state()).isEqualTo(State.RUNNING);
      assertThat(lost.lease().orElseThrow().owner()).isEqualTo("b");
      Thread.sleep(3 * BEAT.toMillis());
      assertThat(told).isEmpty();
    }
  }
}
