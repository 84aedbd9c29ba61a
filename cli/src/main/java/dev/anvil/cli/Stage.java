package dev.anvil.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.CancelledException;
import dev.anvil.store.Heartbeat;
import dev.anvil.store.Ledger;
import dev.anvil.store.Run;
import dev.anvil.store.Run.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A step whose run is kept in the ledger: the same request is not done twice. */
final class Stage {
  private static final Duration LEASE = Duration.ofSeconds(10);

  private Stage() {}

  /** The work of a stage; leaves its results as artefacts of the run. */
  @FunctionalInterface
  interface Work {
    /** Does it; what is returned says where the outputs are. */
    String on(long run) throws IOException;
  }

  /**
   * The finished run of an equal request, else a new one.
   *
   * @param arguments everything that the result depends on
   */
  static Run run(
      Session session, String command, Map<String, String> arguments, long seed, Work work)
      throws IOException {
    Request request = Request.of(command, json(arguments), seed, VersionCommand.version());
    return run(session, request, /* again= */ false, work);
  }

  /** Does the work of a request, whatever runs there are. */
  static Run again(Session session, Request request, Work work) throws IOException {
    return run(session, request, /* again= */ true, work);
  }

  private static Run run(Session session, Request request, boolean again, Work work)
      throws IOException {
    Ledger ledger = session.workspace().runs();
    String owner = UUID.randomUUID().toString();
    while (true) {
      Optional<Run> done =
          again ? Optional.empty() : ledger.byFingerprint(request.command(), request.fingerprint());
      if (done.isPresent()) {
        return done.get();
      }
      Optional<Run> claimed = ledger.claim(ledger.submit(request).id(), owner, LEASE);
      if (claimed.isPresent()) {
        return work(ledger, claimed.get().id(), owner, work);
      }
      // another process does the same: its result is this one's, and its run is taken up if it dies
      session.context().sleep(Duration.ofMillis(200));
    }
  }

  /** Does the work of a run that was claimed; a run that is not ended is given back. */
  private static Run work(Ledger ledger, long run, String owner, Work work) throws IOException {
    boolean ended = false;
    try {
      String outcome;
      try (Heartbeat beat = Heartbeat.of(ledger, run, owner, LEASE.dividedBy(4), now -> {})) {
        requireNonNull(beat);
        outcome = work.on(run);
      }
      Run finished = ledger.finish(run, owner, outcome, Set.of());
      ended = true;
      return finished;
    } catch (CancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      ledger.fail(run, owner, new Run.Failure("failed", String.valueOf(e.getMessage())));
      ended = true;
      throw e;
    } finally {
      if (!ended) {
        ledger.release(run, owner);
      }
    }
  }

  private static String json(Map<String, String> arguments) throws JsonProcessingException {
    return Session.json().writeValueAsString(new TreeMap<>(arguments));
  }
}
