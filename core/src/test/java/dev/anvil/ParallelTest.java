package dev.anvil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 1000).boxed().toList();

  @Test
  void keepsTheOrderOfItems() {
    assertThat(Parallel.map("double", ITEMS, 4, RunContext.NONE, (i, step) -> 2 * i))
        .isEqualTo(ITEMS.stream().map(i -> 2 * i).toList());
    assertThat(Parallel.map("nothing", List.of(), 4, RunContext.NONE, (i, step) -> i)).isEmpty();
  }

  @Test
  void throwsWhatAnItemThrewAndLeavesNobodyAtWork() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Parallel.map(
                    "fail",
                    ITEMS,
                    4,
                    RunContext.NONE,
                    (i, step) -> {
                      working.incrementAndGet();
                      try {
                        if (i == 10) {
                          throw new IllegalStateException("item 10");
                        }
                        done.incrementAndGet();
                        return i;
                      } finally {
                        working.decrementAndGet();
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("item 10");
    assertThat(working).hasValue(0);
    assertThat(done.get()).isLessThan(ITEMS.size());
  }

  @Test
  void errorsReachTheCaller() {
    assertThatThrownBy(
            () ->
                Parallel.map(
                    "fail",
                    ITEMS,
                    2,
                    RunContext.NONE,
                    (i, step) -> {
                      throw new OutOfMemoryError("item");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void aCancellationStopsItBeforeTheNextItem() {
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> Parallel.map("count", ITEMS, 3, CancelAfter.steps(5), (i, step) -> i));
  }

  @Test
  void anInterruptOfTheCallerReachesWorkWithinAnItem() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                Parallel.map(
                    "spin",
                    ITEMS,
                    2,
                    RunContext.NONE,
                    (i, step) -> {
                      begun.countDown();
                      while (true) {
                        step.checkCancelled();
                        Thread.onSpinWait();
                      }
                    });
              } catch (CancelledException e) {
                end.set(e);
              }
            });
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join(2000);
    assertThat(end.get()).isInstanceOf(CancelledException.class);
  }
}
