package dev.anvil;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Works on several threads and waits for all of them. */
public final class Parallel {
  private Parallel() {}

  /**
   * Does something with each item, as one phase with a step for each.
   *
   * <p>The first failure, a cancellation or an interrupt of the caller stops the others before
   * their next item. When this returns or throws, no thread works any more, so that what they used
   * may be closed. Threads are never interrupted: an interrupt would close the files that they
   * write.
   *
   * @param name of the phase
   * @param threads how many work at once, at least 1
   * @param work is given an item and the context of its step
   * @return what came of each item, in their order
   * @throws RuntimeException the first that an item's work threw; likewise errors
   * @throws CancelledException when the work is to stop
   */
  public static <T, R> List<R> map(
      String name,
      List<T> items,
      int threads,
      RunContext context,
      BiFunction<T, RunContext, R> work) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is %d; expected at least 1".formatted(threads));
    }
    try (Phase phase = context.start(name, items.size())) {
      List<R> results = new ArrayList<>(Collections.nCopies(items.size(), null));
      AtomicInteger next = new AtomicInteger();
      Consumer<RunContext> worker =
          step -> {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
              step.checkCancelled();
              R result = work.apply(items.get(i), step);
              synchronized (results) {
                results.set(i, result);
              }
              phase.step(1);
            }
          };
      int count = Math.min(threads, items.size());
      run(name, Collections.nCopies(count, worker), phase.context());
      return results;
    }
  }

  /**
   * Does several things at once, each on a thread of its own.
   *
   * <p>What {@link #map} says of failures, cancellation and interrupts holds here too.
   *
   * @param name of the threads
   * @param works each is given a context that is cancelled when another fails
   */
  public static void run(String name, List<Consumer<RunContext>> works, RunContext context) {
    Cancellation stop = context.cancellation().child();
    RunContext inner = context.withCancellation(stop);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch working = new CountDownLatch(works.size());
    for (int t = 0; t < works.size(); t++) {
      Consumer<RunContext> work = works.get(t);
      Runnable guarded =
          () -> {
            try {
              work.accept(inner);
            } catch (Throwable e) { // errors too belong to the caller, who waits for all
              failure.compareAndSet(null, e);
              stop.cancel();
            } finally {
              working.countDown();
            }
          };
      Thread thread = new Thread(guarded, name + "-" + (t + 1));
      thread.setDaemon(true);
      thread.start();
    }
    await(working, stop);
    rethrow(failure.get());
    context.checkCancelled();
  }

  /** Returns when all have finished; an interrupt makes them stop, and stays. */
  private static void await(CountDownLatch working, Cancellation stop) {
    boolean interrupted = false;
    while (true) {
      try {
        working.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        stop.cancel();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
