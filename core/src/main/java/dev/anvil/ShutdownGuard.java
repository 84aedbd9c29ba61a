package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a program in order when it is told to: the work is cancelled and awaited, and only then does
 * the JVM shut down.
 *
 * <p>The JVM's own answer to SIGINT and SIGTERM is to run its shutdown hooks at once. ONNX Runtime
 * has one that frees its environment, under the feet of networks that are running; the process then
 * crashes. So the signals are taken over, which a shutdown hook of our own could not do: hooks run
 * side by side.
 */
public final class ShutdownGuard {
  /** By name, the exit code that shells expect of a process that the signal ended. */
  private enum Signalled {
    HUP(129),
    INT(130),
    TERM(143);

    private final int exitCode;

    Signalled(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Duration patience;
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Signalled> signalled = new AtomicReference<>();

  /**
   * A guard that does nothing until {@link #install}.
   *
   * @param patience how long the work may take to end; then the process ends without it
   */
  public ShutdownGuard(Duration patience) {
    this.patience = requireNonNull(patience, "patience is null");
  }

  /** Cancelled by the first signal; the work has to look at it. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Answers SIGINT, SIGTERM and, where there is one, SIGHUP from now on. */
  public void install() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    for (Signalled signal : Signalled.values()) {
      if (signal != Signalled.HUP || !windows) {
        handle(signal);
      }
    }
  }

  /**
   * The work is over, and what it had open is closed.
   *
   * @return the exit code that a signal asks for; empty when none came
   */
  public OptionalInt workEnded() {
    ended.countDown();
    Signalled signal = signalled.get();
    return signal == null ? OptionalInt.empty() : OptionalInt.of(signal.exitCode);
  }

  private void answer(Signalled signal) {
    if (!signalled.compareAndSet(null, signal)) {
      Runtime.getRuntime().halt(signal.exitCode); // asked twice: now
      return;
    }
    cancellation.cancel();
    boolean inTime;
    try {
      inTime = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    }
    if (inTime) {
      System.exit(signal.exitCode);
    }
    // without hooks: something is still inside what they would free
    Runtime.getRuntime().halt(signal.exitCode);
  }

  /** By reflection: the class is in every JDK, but warned of by every compiler. */
  private void handle(Signalled signal) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              ShutdownGuard.class.getClassLoader(),
              List.of(handlers).toArray(Class<?>[]::new),
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  answer(signal);
                  return null;
                }
                return method.invoke(this, arguments);
              });
      signals
          .getMethod("handle", signals, handlers)
          .invoke(null, signals.getConstructor(String.class).newInstance(signal.name()), handler);
    } catch (InvocationTargetException e) {
      // another part of the process, such as a JVM started with -Xrs, keeps the signal
      throw new InternalException("cannot answer SIG" + signal.name(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new InternalException("this Java cannot answer signals", e);
    }
  }
}
