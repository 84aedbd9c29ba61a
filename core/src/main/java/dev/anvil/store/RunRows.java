package dev.anvil.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps runs as they were saved, for a {@link RowLedger}. */
public interface RunRows {
  /** Does work while nobody else reads or writes rows; keeps all that it saved, or nothing. */
  <T> T atomically(Supplier<T> work);

  /** Adds a queued run under a new id. */
  Run insert(Run.Request request, Instant submitted);

  /** Keeps a run in place of the one of its id. */
  void save(Run run);

  /** The run of an id. */
  Optional<Run> find(long id);

  /** Runs of a command and fingerprint, the newest first. */
  List<Run> equal(String command, String fingerprint);

  /** All runs, the newest first. */
  List<Run> list();
}
