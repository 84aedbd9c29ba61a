package dev.anvil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Sha256;
import dev.anvil.store.Run.Failure;
import dev.anvil.store.Run.Request;
import dev.anvil.store.Run.State;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger does. */
public abstract class LedgerContract {
  protected static final Duration LEASE = Duration.ofSeconds(10);
  protected static final Request REQUEST = Request.of("study", "{\"n\":1}", 42, "0.1");

  protected final SetClock clock = new SetClock();

  /** The ledger, which goes by {@link #clock}. */
  protected abstract Ledger runs();

  /** The artefacts that the ledger looks at. */
  protected abstract ArtefactStore artefacts();

  @Test
  void aRunIsQueuedThenRunningThenFinished() {
    Run queued = runs().submit(REQUEST);
    assertThat(queued.state()).isEqualTo(State.QUEUED);
    assertThat(queued.request()).isEqualTo(REQUEST);
    assertThat(queued.times().submitted()).isEqualTo(clock.instant());
    clock.advance(Duration.ofSeconds(1));
    Run running = runs().claim(queued.id(), "a", LEASE).orElseThrow();
    assertThat(running.state()).isEqualTo(State.RUNNING);
    assertThat(running.times().started()).contains(clock.instant());
    assertThat(running.lease()).contains(new Run.Lease("a", LEASE, clock.instant().plus(LEASE)));
    Run finished = runs().finish(queued.id(), "a", "{}", Set.of());
    assertThat(finished.state()).isEqualTo(State.FINISHED);
    assertThat(finished.result().orElseThrow().outcome()).isEqualTo("{}");
    assertThat(finished.times().ended()).contains(clock.instant());
    assertThat(runs().list()).containsExactly(finished);
    assertThat(runs().get(queued.id())).contains(finished);
  }

  @Test
  void equalRequestsJoinOneRunWhileItIsQueuedOrRunning() {
    long id = runs().submit(REQUEST).id();
    assertThat(runs().submit(REQUEST).id()).isEqualTo(id);
    assertThat(claim("a")).isEqualTo(id);
    assertThat(runs().submit(REQUEST).state()).isEqualTo(State.RUNNING);
    assertThat(runs().submit(REQUEST).id()).isEqualTo(id);
    assertThat(runs().submit(Request.of("study", "{\"n\":2}", 42, "0.1")).id()).isNotEqualTo(id);
    assertThat(runs().submit(Request.of("plant", "{\"n\":1}", 42, "0.1")).id()).isNotEqualTo(id);
  }

  @Test
  void requestsAreEqualByFingerprintAndNotByTheirText() {
    String fingerprint = Sha256.of("content");
    Request here = new Request("study", "{\"file\":\"/a\"}", fingerprint, 1, "0.1");
    Request there = new Request("study", "{\"file\":\"/b\"}", fingerprint, 1, "0.1");
    assertThat(runs().submit(there).id()).isEqualTo(runs().submit(here).id());
  }

  @Test
  void aRequestWithoutFingerprintEqualsNoOther() {
    Request unknown = new Request("study", "{}", "", 1, "0.1");
    assertThat(runs().submit(unknown).id()).isNotEqualTo(runs().submit(unknown).id());
    assertThat(runs().byFingerprint("study", "")).isEmpty();
  }

  @Test
  void onlyOneOwnerClaimsARun() {
    long id = runs().submit(REQUEST).id();
    assertThat(runs().claim(id, "a", LEASE)).isPresent();
    assertThat(runs().claim(id, "b", LEASE)).isEmpty();
    assertThatThrownBy(() -> runs().heartbeat(id, "b"))
        .isInstanceOf(LeaseLostException.class)
        .hasMessage("run 1: found it RUNNING and held by a; expected it to be held by b");
    assertThatThrownBy(() -> runs().finish(id, "b", "{}", Set.of()))
        .isInstanceOf(LeaseLostException.class);
  }

  @Test
  void aHeartbeatRenewsTheLease() {
    long id = claim("a");
    clock.advance(LEASE.minusMillis(1));
    runs().heartbeat(id, "a");
    clock.advance(LEASE.minusMillis(1));
    assertThat(runs().get(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    clock.advance(Duration.ofMillis(1));
    assertThat(runs().get(id).orElseThrow().state()).isEqualTo(State.INTERRUPTED);
    assertThat(runs().list().get(0).state()).isEqualTo(State.INTERRUPTED);
  }

  @Test
  void theSameRequestTakesUpAnInterruptedRunUnderItsId() {
    long id = claim("a");
    clock.advance(LEASE);
    Run again = runs().submit(REQUEST);
    assertThat(again.id()).isEqualTo(id);
    assertThat(again.state()).isEqualTo(State.QUEUED);
    assertThat(runs().claim(id, "b", LEASE)).isPresent();
    assertThatThrownBy(() -> runs().heartbeat(id, "a")).isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> runs().fail(id, "a", new Failure("internal", "late")))
        .isInstanceOf(LeaseLostException.class);
    assertThat(runs().finish(id, "b", "{}", Set.of()).state()).isEqualTo(State.FINISHED);
  }

  @Test
  void anOwnerThatSleptGoesOnWhenNobodyElseTookTheRun() {
    long id = claim("a");
    clock.advance(LEASE.multipliedBy(3));
    assertThat(runs().heartbeat(id, "a").state()).isEqualTo(State.RUNNING);
    assertThat(runs().claim(id, "b", LEASE)).isEmpty();
  }

  @Test
  void aRunThatWasGivenBackCanBeTakenUpAtOnce() {
    long id = claim("a");
    assertThat(runs().release(id, "a").state()).isEqualTo(State.INTERRUPTED);
    assertThat(runs().submit(REQUEST).id()).isEqualTo(id);
    assertThat(runs().claim(id, "b", LEASE)).isPresent();
  }

  @Test
  void progressIsSeenAndRenewsTheLease() {
    long id = claim("a");
    clock.advance(LEASE.minusMillis(1));
    runs().progress(id, "a", "{\"done\":3}");
    clock.advance(LEASE.minusMillis(1));
    Run run = runs().get(id).orElseThrow();
    assertThat(run.progress()).contains("{\"done\":3}");
    assertThat(run.state()).isEqualTo(State.RUNNING);
  }

  @Test
  void aFailedRunKeepsItsReasonAndIsNotTakenUp() {
    long id = claim("a");
    Run failed = runs().fail(id, "a", new Failure("invalid-input", "no pictures"));
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(runs().get(id).orElseThrow().failure())
        .contains(new Failure("invalid-input", "no pictures"));
    assertThat(runs().submit(REQUEST).id()).isNotEqualTo(id);
  }

  @Test
  void aRunThatIsOverIsEndedOnce() {
    long id = claim("a");
    runs().finish(id, "a", "{}", Set.of());
    assertThatThrownBy(() -> runs().fail(id, "a", new Failure("internal", "late")))
        .isInstanceOf(LeaseLostException.class)
        .hasMessage("run 1: found it FINISHED; expected it to be held by a");
    assertThat(runs().claim(id, "a", LEASE)).isEmpty();
  }

  @Test
  void aQueuedRunIsCancelledAtOnce() {
    long id = runs().submit(REQUEST).id();
    assertThat(runs().requestCancel(id).state()).isEqualTo(State.CANCELLED);
    assertThat(runs().claim(id, "a", LEASE)).isEmpty();
    assertThat(runs().submit(REQUEST).id()).isNotEqualTo(id);
  }

  @Test
  void theOwnerOfARunSeesThatItIsToBeCancelled() {
    long id = claim("a");
    assertThat(runs().heartbeat(id, "a").cancelRequested()).isFalse();
    assertThat(runs().requestCancel(id).state()).isEqualTo(State.RUNNING);
    assertThat(runs().heartbeat(id, "a").cancelRequested()).isTrue();
    assertThat(runs().submit(REQUEST).id()).isNotEqualTo(id);
    assertThat(runs().cancel(id, "a").state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aRunThatWasToBeCancelledWhenItsOwnerWentIsCancelled() {
    long id = claim("a");
    runs().requestCancel(id);
    clock.advance(LEASE);
    assertThat(runs().get(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
    assertThat(runs().claim(id, "b", LEASE)).isEmpty();
    assertThat(runs().submit(REQUEST).id()).isNotEqualTo(id);
  }

  @Test
  void cancellingARunThatIsOverChangesNothing() {
    long id = claim("a");
    Run finished = runs().finish(id, "a", "{}", Set.of());
    assertThat(runs().requestCancel(id)).isEqualTo(finished);
  }

  @Test
  void finishIsRefusedWhileARequiredArtefactIsMissing() {
    long id = claim("a");
    artefacts().putJson(id, "table", "{}");
    assertThatThrownBy(() -> runs().finish(id, "a", "{}", Set.of("model", "table")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run 1: found no artefact model; expected it before the run finishes");
    assertThat(runs().get(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    artefacts().putBlob(id, "model", new byte[] {1});
    Run finished = runs().finish(id, "a", "{}", Set.of("model", "table"));
    assertThat(finished.result().orElseThrow().artefacts())
        .isEqualTo(Map.of("model", Sha256.of(new byte[] {1}), "table", Sha256.of("{}")));
  }

  @Test
  void aFinishedRunIsFoundByItsFingerprintWhileItsArtefactsAreWhole() {
    long first = finished();
    assertThat(find().orElseThrow()).isEqualTo(first);
    long second = finished();
    assertThat(find().orElseThrow()).isEqualTo(second);
    assertThat(runs().isWhole(second)).isTrue();
    artefacts().putJson(second, "table", "{\"changed\":1}");
    assertThat(runs().isWhole(second)).isFalse();
    assertThat(find().orElseThrow()).isEqualTo(first);
  }

  @Test
  void whatIsAddedToAFinishedRunDoesNotCount() {
    long id = finished();
    artefacts().putJson(id, "more", "{}");
    assertThat(runs().isWhole(id)).isTrue();
  }

  @Test
  void aRunThatIsNotFinishedIsNotWhole() {
    long id = claim("a");
    assertThat(runs().isWhole(id)).isFalse();
    assertThat(find()).isEmpty();
    runs().fail(id, "a", new Failure("internal", "x"));
    assertThat(runs().isWhole(id)).isFalse();
    assertThat(find()).isEmpty();
  }

  @Test
  void saysWhenThereIsNoSuchRun() {
    assertThat(runs().get(7)).isEmpty();
    assertThatThrownBy(() -> runs().claim(7, "a", LEASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no run 7");
  }

  protected final long claim(String owner) {
    return runs().claim(runs().submit(REQUEST).id(), owner, LEASE).orElseThrow().id();
  }

  protected final long finished() {
    long id = claim("a");
    artefacts().putJson(id, "table", "{}");
    artefacts().putBlob(id, "model", new byte[] {1, 2});
    return runs().finish(id, "a", "{}", Set.of("table", "model")).id();
  }

  protected final Optional<Long> find() {
    return runs().byFingerprint("study", REQUEST.fingerprint()).map(Run::id);
  }
}
