package dev.anvil.store;

import static java.util.Objects.requireNonNull;

import dev.anvil.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One job of a workspace, as it stood when it was read.
 *
 * @param id counts up from 1 in a workspace
 * @param lease who works on it, when somebody does or did
 * @param cancelRequested whether somebody wants it stopped
 * @param progress JSON of how far it is, as its owner last said
 * @param result of a finished run
 * @param failure of a failed run
 */
public record Run(
    long id,
    Request request,
    State state,
    Times times,
    Optional<Lease> lease,
    boolean cancelRequested,
    Optional<String> progress,
    Optional<Result> result,
    Optional<Failure> failure) {
  public Run {
    requireNonNull(request, "request is null");
    requireNonNull(state, "state is null");
    requireNonNull(times, "times is null");
    requireNonNull(lease, "lease is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(result, "result is null");
    requireNonNull(failure, "failure is null");
  }

  /** How a run stands. */
  public enum State {
    /** Waits for somebody to claim it. */
    QUEUED,
    /** Its owner is at work. */
    RUNNING,
    /** Its artefacts were there and whole when it ended; {@link Ledger#isWhole} says of now. */
    FINISHED,
    FAILED,
    /** Stopped because somebody asked for it. */
    CANCELLED,
    /** Its owner has gone without a word; the same request takes it up again. */
    INTERRUPTED
  }

  /**
   * What is asked for; runs of equal command and fingerprint give equal results.
   *
   * @param command for example {@code study}
   * @param json the job's request, readable by whoever does that command
   * @param fingerprint SHA-256 over the content of all that the result depends on; empty where it
   *     is not known, and then the request equals no other
   * @param codeVersion version of Anvil
   */
  public record Request(
      String command, String json, String fingerprint, long seed, String codeVersion) {
    public Request {
      requireNonNull(command, "command is null");
      requireNonNull(json, "json is null");
      requireNonNull(codeVersion, "codeVersion is null");
      if (!fingerprint.matches("([0-9a-f]{64})?")) {
        throw new IllegalArgumentException(
            "fingerprint is \"%s\"; expected a SHA-256 of 64 lower-case digits"
                .formatted(fingerprint));
      }
    }

    /** A request whose JSON, seed and version say all that the result depends on. */
    public static Request of(String command, String json, long seed, String codeVersion) {
      return new Request(
          command,
          json,
          Sha256.of(String.join("\u001f", json, Long.toString(seed), codeVersion)),
          seed,
          codeVersion);
    }
  }

  /**
   * When.
   *
   * @param started when it was claimed last
   * @param ended when it finished, failed or was cancelled
   */
  public record Times(Instant submitted, Optional<Instant> started, Optional<Instant> ended) {
    public Times {
      requireNonNull(submitted, "submitted is null");
      requireNonNull(started, "started is null");
      requireNonNull(ended, "ended is null");
    }
  }

  /**
   * Somebody's right to work on a run, for as long as it is renewed.
   *
   * @param owner names whoever has it, and nobody else ever
   * @param length of time that a renewal gives
   * @param until when it runs out
   */
  public record Lease(String owner, Duration length, Instant until) {
    public Lease {
      requireNonNull(owner, "owner is null");
      requireNonNull(length, "length is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * What came of a finished run.
   *
   * @param outcome JSON or a sentence that says what was made
   * @param artefacts names and SHA-256 of all that it had made when it finished
   */
  public record Result(String outcome, Map<String, String> artefacts) {
    public Result {
      requireNonNull(outcome, "outcome is null");
      artefacts = Map.copyOf(artefacts);
    }
  }

  /**
   * Why a run failed.
   *
   * @param code of the error, for programs
   * @param message for people
   */
  public record Failure(String code, String message) {
    public Failure {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }
  }

  /** Whether it ended and nobody will take it up. */
  public boolean isOver() {
    return state == State.FINISHED || state == State.FAILED || state == State.CANCELLED;
  }
}
