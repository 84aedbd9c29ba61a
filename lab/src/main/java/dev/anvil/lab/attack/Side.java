package dev.anvil.lab.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Attacks from several sides at once. */
interface Side {
  void attack(int side) throws IOException, InterruptedException;

  /** Waits for all; the first error of one is thrown. */
  static void both(int sides, Side side) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(sides);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < sides; i++) {
        int number = i;
        all.add(
            threads.submit(
                () -> {
                  side.attack(number);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Each of these once, by as many threads. */
  static <T> void each(int sides, List<T> all, One<T> one)
      throws IOException, InterruptedException {
    both(
        sides,
        side -> {
          for (int i = side; i < all.size(); i += sides) {
            one.attack(all.get(i));
          }
        });
  }

  /** An attack on one thing. */
  interface One<T> {
    void attack(T thing) throws IOException, InterruptedException;
  }
}
