package dev.anvil.cli;

import dev.anvil.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Draws one bar per piece of work on standard error; plain lines where that is no terminal. */
final class BarProgress implements Progress {
  private static final int UPDATE_MILLISECONDS = 200;

  // from Java 22 on this is true without a terminal too, and bars are drawn into a file then
  @SuppressWarnings("SystemConsoleNull")
  private final boolean terminal = System.console() != null;

  @Override
  public Task start(String name, long total) {
    return terminal ? bar(name, total) : lines(name);
  }

  private static Task bar(String name, long total) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
            .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
            .setMaxRenderedLength(100)
            .build();
    return new Task() {
      @Override
      public void step(long count) {
        bar.stepBy(count);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  private static Task lines(String name) {
    long start = System.nanoTime();
    return new Task() {
      @Override
      public void step(long count) {}

      @Override
      public void close() {
        System.err.printf("%s: %.1f s%n", name, (System.nanoTime() - start) / 1e9);
      }
    };
  }
}
