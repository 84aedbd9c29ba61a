package dev.anvil.engine;

import dev.anvil.ConflictException;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.service.Services;
import dev.anvil.engine.service.Services.Accepted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Jobs in the background, some at once; the others wait in the order they came. Equal requests
 * share one job. Safe for use from several threads.
 */
public final class Jobs implements AutoCloseable {
  private static final int MOST_WAITING = 1000;

  private final Services services;
  private final int threads;
  private final ThreadPoolExecutor pool;
  private final Map<Long, Job<?>> jobs = new LinkedHashMap<>();

  Jobs(Services services, AnvilSettings settings) {
    this.services = services;
    this.threads = settings.threads();
    this.pool =
        new ThreadPoolExecutor(
            settings.jobs(),
            settings.jobs(),
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> new Thread(work, "anvil-job"));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Accepts a job: it stands in the ledger when this returns.
   *
   * @throws ConflictException when too many wait
   * @throws dev.anvil.AnvilException when the request cannot be done
   */
  public <R> Job<R> submit(Request<R> request) {
    Accepted<R> accepted = services.accept(request);
    synchronized (jobs) {
      Job<?> known = jobs.get(accepted.run());
      if (known != null && !known.isOver()) {
        return same(known);
      }
      jobs.values().removeIf(Job::isOver);
      Job<R> job = new Job<>(accepted, services, threads);
      try {
        pool.execute(job::work);
      } catch (RejectedExecutionException e) {
        services.cancel(accepted.run());
        throw new ConflictException(
            "jobs", "%d wait already; wait for some to end".formatted(MOST_WAITING));
      }
      jobs.put(accepted.run(), job);
      return job;
    }
  }

  /** Equal runs have equal requests, and so results of one type. */
  @SuppressWarnings("unchecked")
  private static <R> Job<R> same(Job<?> known) {
    return (Job<R>) known;
  }

  /** A job of this engine that is waiting or under way, or ended of late. */
  public Optional<Job<?>> find(long run) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(run));
    }
  }

  /** Asks a run to stop, whichever process does it; its job ends within about two seconds. */
  public void cancel(long run) {
    services.cancel(run);
    find(run).ifPresent(Job::stop);
  }

  /** Stops all jobs and waits for them. */
  @Override
  public void close() {
    List<Job<?>> all;
    synchronized (jobs) {
      all = List.copyOf(jobs.values());
    }
    pool.shutdown();
    for (Job<?> job : all) {
      services.abandon(job.run());
      job.stop();
    }
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
