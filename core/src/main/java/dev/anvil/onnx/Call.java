package dev.anvil.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.anvil.Cancellation;
import dev.anvil.RunContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One call of a network, which a cancellation or the end of its time ends wherever it is. */
final class Call implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final RunOptions options;
  private final Cancellation.Registration registration;
  private final Future<?> end;
  private boolean over;
  private boolean late;

  Call(RunContext context, Duration longest) throws OrtException {
    this.options = new RunOptions();
    this.registration = context.cancellation().onCancel(this::terminate);
    this.end = CLOCK.schedule(this::timeOut, longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "network clock");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  RunOptions options() {
    return options;
  }

  /** Whether its time was over before it was. */
  synchronized boolean isLate() {
    return late;
  }

  private synchronized void timeOut() {
    late = !over;
    terminate();
  }

  private synchronized void terminate() {
    if (over) {
      return;
    }
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("a call does not end", e);
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    end.cancel(false);
    registration.close();
    options.close();
  }
}
