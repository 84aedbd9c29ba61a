package dev.anvil.workspace;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One command that was run on a workspace.
 *
 * @param id counts up from 1 in a workspace
 * @param started when it was begun, or taken up again after an interruption
 * @param ended when it finished or failed
 * @param outcome JSON of the outputs when finished, the reason when failed
 */
public record Run(
    long id,
    Request request,
    Instant started,
    Optional<Instant> ended,
    Status status,
    Optional<String> outcome) {
  public Run {
    requireNonNull(request, "request is null");
    requireNonNull(started, "started is null");
    requireNonNull(ended, "ended is null");
    requireNonNull(status, "status is null");
    requireNonNull(outcome, "outcome is null");
  }

  /** How a run stands. */
  public enum Status {
    /** Its process is at work. */
    RUNNING,
    /** Its process has gone without finishing; the same request takes it up again. */
    INTERRUPTED,
    FINISHED,
    FAILED
  }

  /**
   * What is asked for; equal requests give equal outputs.
   *
   * @param command for example {@code study}
   * @param arguments JSON object of everything that the result depends on
   * @param codeVersion version of Anvil
   */
  public record Request(String command, String arguments, long seed, String codeVersion) {
    public Request {
      requireNonNull(command, "command is null");
      requireNonNull(arguments, "arguments is null");
      requireNonNull(codeVersion, "codeVersion is null");
    }
  }
}
