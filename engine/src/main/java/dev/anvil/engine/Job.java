package dev.anvil.engine;

import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.ProgressTree;
import dev.anvil.RunContext;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.service.Services;
import dev.anvil.engine.service.Services.Accepted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A job in the background.
 *
 * @param <R> its result
 */
public final class Job<R> {
  private final Accepted<R> accepted;
  private final Services services;
  private final int threads;
  private final Cancellation cancellation = new Cancellation();
  private final ProgressTree progress = new ProgressTree();
  private final CompletableFuture<R> result = new CompletableFuture<>();

  Job(Accepted<R> accepted, Services services, int threads) {
    this.accepted = accepted;
    this.services = services;
    this.threads = threads;
  }

  void work() {
    try {
      result.complete(
          services.complete(accepted, RunContext.of(progress, cancellation).withThreads(threads)));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  void stop() {
    cancellation.cancel();
  }

  /** The run that stands for it in the ledger. */
  public long run() {
    return accepted.run();
  }

  /** What was asked, with what it left open filled in. */
  public Request<R> request() {
    return accepted.request();
  }

  /** How far it is. */
  public ProgressTree progress() {
    return progress;
  }

  public boolean isOver() {
    return result.isDone();
  }

  /**
   * Waits for the result.
   *
   * @throws dev.anvil.AnvilException why there is none; {@link CancelledException} when the job was
   *     cancelled, or this thread interrupted
   */
  public R await() {
    try {
      return result.get();
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
