package dev.anvil.encode;

import dev.anvil.AnvilException;
import dev.anvil.CancelledException;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.Parallel;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.encode.Encoder.Prepared;
import dev.anvil.encode.EncodingPipeline.Settings;
import dev.anvil.image.ChangedPictureException;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.store.EmbeddingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One run of a pipeline over items of distinct keys: decoders fill a queue, callers empty it. */
final class EncodingRun {
  /** How long a thread waits for another before it looks whether the work is to stop. */
  private static final long GLANCE_MILLIS = 50;

  private record Ready(EncodingItem item, Prepared prepared) {}

  private final Encoder encoder;
  private final EmbeddingCheck check;
  private final EmbeddingStore cache;
  private final Settings settings;
  private final List<EncodingItem> items;
  private final Phase phase;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger decoding;

  /** Prepared views; an empty one ends a caller's work. */
  private final BlockingQueue<Optional<Ready>> queue;

  private final Map<String, float[]> rows = new ConcurrentHashMap<>();
  private final Map<String, Problem> problems = new ConcurrentHashMap<>();
  private final Set<String> faults = ConcurrentHashMap.newKeySet();

  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  EncodingRun(
      Encoder encoder,
      EmbeddingStore cache,
      Settings settings,
      List<EncodingItem> items,
      Phase phase) {
    this.encoder = encoder;
    this.check = new EmbeddingCheck(encoder);
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

  /** Keys of the problems that lie with the encoder. */
  Set<String> faults() {
    return faults;
  }

  /**
   * Works until all items are done.
   *
   * @throws InternalException when the network fails on every picture
   */
  void finish() {
    List<Consumer<RunContext>> works = new ArrayList<>();
    works.addAll(Collections.nCopies(settings.decoders(), this::decode));
    works.addAll(Collections.nCopies(settings.callers(), this::infer));
    Parallel.run(phase.name(), works, phase.context());
    if (rows.isEmpty() && failure.get() != null) {
      throw new InternalException("%s encodes no picture".formatted(encoder.id()), failure.get());
    }
  }

  private void decode(RunContext context) {
    for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
      context.checkCancelled();
      EncodingItem item = items.get(i);
      try {
        View view = item.source().open(context);
        prepared(item, view).ifPresent(ready -> put(Optional.of(ready), context));
      } catch (InvalidInputException e) {
        leaveOut(item, problem(item.name(), e));
      } catch (IOException e) {
        leaveOut(
            item,
            new Problem(
                item.name(), "found that it cannot be read (%s)".formatted(e.getMessage())));
      } catch (AnvilException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new InternalException("could not make %s ready to encode".formatted(item.name()), e);
      }
    }
    if (decoding.decrementAndGet() == 0) {
      for (int i = 0; i < settings.callers(); i++) {
        put(Optional.empty(), context);
      }
    }
  }

  /** One picture of a strange shape must not cost the others their results. */
  private Optional<Ready> prepared(EncodingItem item, View view) {
    try {
      return Optional.of(new Ready(item, encoder.prepare(view)));
    } catch (AnvilException e) {
      throw e;
    } catch (RuntimeException e) {
      faults.add(item.key());
      leaveOut(
          item,
          new Problem(
              item.name(), "found that %s cannot look at it (%s)".formatted(encoder.id(), e)));
      return Optional.empty();
    }
  }

  private void leaveOut(EncodingItem item, Problem problem) {
    problems.put(item.key(), problem);
    phase.step(1);
  }

  private static Problem problem(String name, InvalidInputException e) {
    Problem first = e.problems().get(0);
    boolean isOfPicture =
        e instanceof UnreadablePictureException
            || (e instanceof ChangedPictureException && first.where().equals(name));
    return isOfPicture
        ? new Problem(name, first.message())
        : new Problem(name, "found that it cannot be encoded (%s)".formatted(e.getMessage()));
  }

  private void infer(RunContext context) {
    List<Ready> batch = new ArrayList<>(settings.batch());
    for (Optional<Ready> ready = take(context); ready.isPresent(); ready = take(context)) {
      batch.add(ready.get());
      if (batch.size() == settings.batch()) {
        infer(batch, context);
        batch.clear();
      }
    }
    infer(batch, context);
  }

  private void put(Optional<Ready> ready, RunContext context) {
    try {
      while (!queue.offer(ready, GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
        context.checkCancelled();
      }
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    }
  }

  private Optional<Ready> take(RunContext context) {
    try {
      while (true) {
        Optional<Ready> ready = queue.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        context.checkCancelled();
        if (ready != null) {
          return ready;
        }
      }
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    }
  }

  private void infer(List<Ready> batch, RunContext context) {
    if (batch.isEmpty()) {
      return;
    }
    float[][] embeddings;
    try {
      embeddings = encoder.infer(batch.stream().map(Ready::prepared).toList(), context);
    } catch (AnvilException e) {
      throw e;
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        failed(batch.get(0).item(), e);
      } else {
        batch.forEach(one -> infer(List.of(one), context));
      }
      return;
    }
    Map<String, float[]> done = new LinkedHashMap<>();
    for (int i = 0; i < embeddings.length; i++) {
      EncodingItem item = batch.get(i).item();
      Optional<String> wrong = check.problem(embeddings[i]);
      if (wrong.isPresent()) {
        faults.add(item.key());
        problems.put(item.key(), new Problem(item.name(), wrong.get()));
      } else {
        done.put(item.key(), embeddings[i]);
      }
    }
    cache.put(done);
    rows.putAll(done);
    phase.step(embeddings.length);
  }

  private void failed(EncodingItem item, RuntimeException e) {
    failure.compareAndSet(null, e);
    faults.add(item.key());
    leaveOut(
        item,
        new Problem(item.name(), "found that %s fails on it (%s)".formatted(encoder.id(), e)));
  }
}
