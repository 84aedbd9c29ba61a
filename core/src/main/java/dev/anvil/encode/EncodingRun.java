package dev.anvil.encode;

import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.encode.Encoder.Prepared;
import dev.anvil.encode.EncodingPipeline.Settings;
import dev.anvil.image.UnreadablePictureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a pipeline over items of distinct keys: decoders fill a queue, callers empty it. */
final class EncodingRun {
  private record Ready(String key, Prepared prepared) {}

  private final Encoder encoder;
  private final EmbeddingCache cache;
  private final Settings settings;
  private final List<EncodingItem> items;
  private final Phase phase;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger decoding;

  /** Prepared views; an empty one ends a caller's work. */
  private final BlockingQueue<Optional<Ready>> queue;

  private final Map<String, float[]> rows = new ConcurrentHashMap<>();
  private final Map<String, Problem> problems = new ConcurrentHashMap<>();

  EncodingRun(
      Encoder encoder,
      EmbeddingCache cache,
      Settings settings,
      List<EncodingItem> items,
      Phase phase) {
    this.encoder = encoder;
    this.cache = cache;
    this.settings = settings;
    this.items = items;
    this.phase = phase;
    this.decoding = new AtomicInteger(settings.decoders());
    this.queue = new ArrayBlockingQueue<>(2 * settings.batch() * settings.callers());
  }

  Map<String, float[]> rows() {
    return rows;
  }

  Map<String, Problem> problems() {
    return problems;
  }

  /** Works until all items are done; the first failure of the network or cache ends everything. */
  void finish() {
    int threads = settings.decoders() + settings.callers();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<Void> work = new ExecutorCompletionService<>(executor);
      for (int i = 0; i < settings.decoders(); i++) {
        work.submit(asTask(this::decode));
      }
      for (int i = 0; i < settings.callers(); i++) {
        work.submit(asTask(this::infer));
      }
      for (int i = 0; i < threads; i++) {
        work.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while encoding", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("encoding failed", e.getCause());
    } finally {
      stop(executor);
    }
  }

  /** Returns when no thread can touch the encoder any more, so that it may be closed. */
  private static void stop(ExecutorService executor) {
    executor.shutdownNow();
    boolean interrupted = Thread.interrupted();
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static Callable<Void> asTask(Work work) {
    return () -> {
      work.run();
      return null;
    };
  }

  private void decode() throws InterruptedException {
    for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
      EncodingItem item = items.get(i);
      try {
        Prepared prepared = encoder.prepare(item.source().open(phase.context()));
        queue.put(Optional.of(new Ready(item.key(), prepared)));
      } catch (IOException | RuntimeException e) {
        problems.put(item.key(), problem(item.name(), e));
        phase.step(1);
      }
    }
    if (decoding.decrementAndGet() == 0) {
      for (int i = 0; i < settings.callers(); i++) {
        queue.put(Optional.empty());
      }
    }
  }

  private static Problem problem(String name, Exception e) {
    return e instanceof UnreadablePictureException unreadable
        ? new Problem(name, unreadable.problem().message())
        : new Problem(name, "found that it cannot be encoded (%s)".formatted(e));
  }

  private void infer() throws InterruptedException {
    List<Ready> batch = new ArrayList<>(settings.batch());
    for (Optional<Ready> ready = queue.take(); ready.isPresent(); ready = queue.take()) {
      batch.add(ready.get());
      if (batch.size() == settings.batch()) {
        infer(batch);
        batch.clear();
      }
    }
    infer(batch);
  }

  private void infer(List<Ready> batch) {
    if (batch.isEmpty()) {
      return;
    }
    float[][] embeddings = encoder.infer(batch.stream().map(Ready::prepared).toList());
    Map<String, float[]> done = new LinkedHashMap<>();
    for (int i = 0; i < embeddings.length; i++) {
      done.put(batch.get(i).key(), embeddings[i]);
    }
    cache.put(done);
    rows.putAll(done);
    phase.step(embeddings.length);
  }
}
