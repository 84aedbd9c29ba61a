package dev.anvil.spark;

import dev.anvil.AnvilException;
import dev.anvil.CancelledException;
import dev.anvil.InternalException;
import dev.anvil.Phase;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.util.LongAccumulator;

/** Waits for executors, tells how far they are, and stops them when the work is to stop. */
final class Waiting {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private Waiting() {}

  /**
   * Waits for an action.
   *
   * @param done steps that executors have counted
   * @throws CancelledException when the work is to stop
   * @throws AnvilException what an executor refused, or why it failed
   */
  static <T> T on(JavaFutureAction<T> action, LongAccumulator done, Phase phase) {
    try {
      waitForExecutors(action, phase);
      while (!action.isDone()) {
        phase.step(done.value() - phase.done());
        phase.context().sleep(GLANCE);
      }
      T result = action.get();
      phase.step(done.value() - phase.done());
      return result;
    } catch (CancelledException e) {
      action.cancel(/* mayInterruptIfRunning= */ true);
      throw e;
    } catch (InterruptedException e) {
      action.cancel(/* mayInterruptIfRunning= */ true);
      throw CancelledException.of(e);
    } catch (ExecutionException e) {
      throw failed(phase.name(), e.getCause());
    }
  }

  /** A phase of its own, since it may last: others' jobs may have all cores of the cluster. */
  private static void waitForExecutors(JavaFutureAction<?> action, Phase phase) {
    if (hasExecutor() || action.isDone()) {
      return;
    }
    try (Phase waiting =
        phase.context().start("wait for free cores and memory of the cluster", -1)) {
      while (!hasExecutor() && !action.isDone()) {
        waiting.context().sleep(GLANCE);
      }
    }
  }

  /** Beside the driver, which is one itself where it works alone and always counts as one. */
  private static boolean hasExecutor() {
    SparkContext spark = SparkContext.getOrCreate();
    return spark.isLocal() || spark.statusTracker().getExecutorInfos().length > 1;
  }

  /** What an executor found is in the text of Spark's exception alone. */
  private static AnvilException failed(String name, Throwable cause) {
    String all = String.valueOf(cause.getMessage());
    String said =
        all.lines()
            .filter(line -> line.contains(Refusal.MARK))
            .map(line -> line.substring(line.indexOf(Refusal.MARK) + Refusal.MARK.length()).strip())
            .findFirst()
            .orElseGet(() -> all.lines().limit(3).collect(Collectors.joining(" ")));
    return new InternalException("%s: %s".formatted(name, said), cause);
  }

  /** Carries what an executor found to the driver. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String MARK = "anvil says:";

    Refusal(AnvilException e) {
      super(MARK + " " + e.getMessage().replace('\n', ' '), e);
    }
  }
}
