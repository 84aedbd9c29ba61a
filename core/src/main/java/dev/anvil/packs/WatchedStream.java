package dev.anvil.packs;

import dev.anvil.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A body from the network whose reading fails when nothing comes for a while, or on cancellation.
 */
final class WatchedStream extends FilterInputStream {
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "anvil-download-watch");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration stall;
  private final ScheduledFuture<?> watch;
  private volatile long last = System.nanoTime();
  private final Cancellation.Registration registration;
  private volatile boolean stalled;

  WatchedStream(InputStream in, Duration stall, Cancellation cancellation) {
    super(in);
    this.stall = stall;
    long period = Math.max(1, stall.toMillis() / 4);
    this.watch = CLOCK.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    this.registration = cancellation.onCancel(this::stop);
  }

  /** Closing wakes the reader, which the JDK's stream tells of an end; hence the flag. */
  private void look() {
    if (System.nanoTime() - last > stall.toNanos()) {
      stop();
    }
  }

  private void stop() {
    stalled = true;
    try {
      in.close();
    } catch (IOException e) {
      throw new IllegalStateException("the body does not close", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = in.read(buffer, offset, length);
      if (!stalled) {
        last = System.nanoTime();
        return n;
      }
    } catch (IOException e) {
      throw new TemporaryFailure(stalled ? nothingCame() : "the connection was cut", e);
    }
    throw new TemporaryFailure(nothingCame(), java.util.Optional.empty());
  }

  private String nothingCame() {
    return "nothing came for %d ms".formatted(stall.toMillis());
  }

  @Override
  public void close() throws IOException {
    watch.cancel(false);
    registration.close();
    in.close();
  }
}
