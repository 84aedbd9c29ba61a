package dev.anvil.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of a workspace: what was asked, who is at it, and what came of it.
 *
 * <p>A run is worked on by the owner of its lease, who renews it while at work. When the lease has
 * run out, however the owner ended, the run reads as interrupted, and whoever submits the same
 * request takes it up under its id. Clocks of machines that share a ledger may differ by much less
 * than a lease. Safe for use from several threads and processes.
 *
 * <p>Methods that take an id throw an IllegalArgumentException when there is no such run; those
 * that take an owner throw a {@link LeaseLostException} when that owner does not hold it.
 */
public interface Ledger {
  /**
   * Asks for a run. The same request joins the run that is queued or running and not about to be
   * cancelled, and queues again the one that was interrupted; else a new run is queued.
   */
  Run submit(Run.Request request);

  /**
   * Takes a queued or interrupted run to work on.
   *
   * @param owner names the claimant, and nobody else ever
   * @param lease how long the run is the owner's without a {@link #heartbeat}
   * @return the run, or empty when somebody else has it or it is over
   */
  Optional<Run> claim(long id, String owner, Duration lease);

  /**
   * Renews a lease.
   *
   * @return the run, which says whether it is to be cancelled
   */
  Run heartbeat(long id, String owner);

  /** Says how far a run is; renews its lease. */
  Run progress(long id, String owner, String json);

  /**
   * Ends a run well and records its artefacts.
   *
   * @param outcome what was made, in JSON or a sentence
   * @param required names of artefacts that must be there
   * @throws IllegalStateException when one is missing, or an artefact is not whole; the run stays
   *     as it is
   */
  Run finish(long id, String owner, String outcome, Set<String> required);

  /** Ends a run that could not be done. */
  Run fail(long id, String owner, Run.Failure failure);

  /** Ends a run that was stopped. */
  Run cancel(long id, String owner);

  /** Gives a run back unfinished: it reads as interrupted at once. */
  Run release(long id, String owner);

  /**
   * Asks for a run to be stopped. One that nobody works on is cancelled at once; the owner of a
   * running one sees it at the next heartbeat; one that is over stays as it is.
   */
  Run requestCancel(long id);

  /**
   * The newest finished run of a command and fingerprint whose artefacts are all there and whole.
   */
  Optional<Run> byFingerprint(String command, String fingerprint);

  /** Whether a run is finished, and all that it had made then is there as it was. */
  boolean isWhole(long id);

  /** All runs, the newest first. */
  List<Run> list();

  /** One run, by its id. */
  Optional<Run> get(long id);
}
