package dev.anvil.engine.service.run;

import dev.anvil.RunContext;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import dev.anvil.store.Run;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A job that was accepted: what was left open is filled in, and what it depends on is known.
 *
 * @param request as it goes into the ledger
 * @param inputs all that its result depends on; empty for a job that is done anew each time
 * @param artefacts that it leaves, by name
 * @param body does it
 * @param reader reads the result of a run that did it
 * @param <R> its result
 */
public record Work<R>(
    Request<R> request,
    Optional<Inputs> inputs,
    Set<String> artefacts,
    Body body,
    Reader<R> reader) {

  /** Does a job and leaves its artefacts. */
  @FunctionalInterface
  public interface Body {
    void run(RunFolder out, RunContext context) throws IOException;
  }

  /** Reads what a job left. */
  @FunctionalInterface
  public interface Reader<R> {
    R read(RunFolder from) throws IOException;
  }

  /** A job whose result is one JSON artefact that is the result itself. */
  public static <R> Work<R> of(
      Request<R> request, Optional<Inputs> inputs, Class<R> result, Making<R> making) {
    return new Work<>(
        request,
        inputs,
        Set.of(RunFolder.OUTCOME),
        (out, context) -> out.put(RunFolder.OUTCOME, making.make(out, context)),
        from -> from.get(RunFolder.OUTCOME, result));
  }

  /** Makes a result. */
  @FunctionalInterface
  public interface Making<R> {
    R make(RunFolder out, RunContext context) throws IOException;
  }

  /** As the ledger takes it. */
  Run.Request asked() {
    return new Run.Request(
        request.job(),
        Requests.write(request),
        inputs.map(Inputs::fingerprint).orElse(""),
        request.randomSeed(),
        Version.current());
  }
}
