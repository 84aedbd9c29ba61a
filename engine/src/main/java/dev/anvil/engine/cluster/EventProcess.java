package dev.anvil.engine.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.AnvilException;
import dev.anvil.CancelledException;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that does a job and tells of it in {@link ProgressEvent}s. */
final class EventProcess {
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** Longer than a driver takes to let its executors go, shorter than a user's patience. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> command;
  private final Path log;

  /**
   * A process that is not started yet.
   *
   * @param log takes what it prints besides events
   */
  EventProcess(List<String> command, Path log) {
    this.command = List.copyOf(command);
    this.log = requireNonNull(log, "log is null");
  }

  /**
   * Runs it to its end.
   *
   * @return the outcome that it told
   * @throws AnvilException that it told, or when it ended without an outcome
   * @throws CancelledException when the context was cancelled; it is stopped then
   */
  JsonNode run(RunContext context) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    process.getOutputStream().close();
    try (PhaseReplay phases = new PhaseReplay(context)) {
      BlockingQueue<Optional<String>> lines = read(process);
      Optional<ProgressEvent> last = Optional.empty();
      for (Optional<String> line = next(lines, context);
          line.isPresent();
          line = next(lines, context)) {
        Optional<ProgressEvent> event = ProgressEvent.read(line.get());
        event.ifPresent(phases::take);
        last = event.isPresent() ? event : last;
      }
      int code = process.waitFor();
      if (last.isPresent() && last.get() instanceof ProgressEvent.Failed failed) {
        throw exception(failed);
      }
      if (code == 0 && last.isPresent() && last.get() instanceof ProgressEvent.Finished finished) {
        return finished.outcome();
      }
      throw new InternalException(
          "%s ended with exit code %d and no outcome; %s says why"
              .formatted(command.get(0), code, log));
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    } finally {
      stop(process);
    }
  }

  /** Its lines as they come, then one that is empty; a thread of its own waits for them. */
  private static BlockingQueue<Optional<String>> read(Process process) {
    BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader out = process.inputReader(UTF_8)) {
                out.lines().map(Optional::of).forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                // the process was stopped; its exit code tells whether it was us
              } finally {
                lines.add(Optional.empty());
              }
            },
            "anvil-events");
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  private static Optional<String> next(BlockingQueue<Optional<String>> lines, RunContext context)
      throws InterruptedException {
    while (true) {
      context.checkCancelled();
      Optional<String> line = lines.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
      if (line != null) {
        return line;
      }
    }
  }

  private static AnvilException exception(ProgressEvent.Failed failed) {
    if (failed.code() == AnvilException.Code.CANCELLED) {
      return new CancelledException();
    }
    return failed.problems().isEmpty()
        ? new InternalException(failed.message())
        : new InvalidInputException(failed.problems());
  }

  /** Asks it to end in order, and ends it where it does not. */
  private static void stop(Process process) {
    boolean interrupted = Thread.interrupted(); // else nothing would wait
    process.destroy();
    try {
      process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
