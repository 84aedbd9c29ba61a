package dev.anvil.cli;

import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Draws one bar per phase on standard error; plain lines where that is no terminal. Phases within a
 * phase are not drawn.
 */
final class BarProgress implements PhaseListener {
  private static final int UPDATE_MILLISECONDS = 200;

  // from Java 22 on this is true without a terminal too, and bars are drawn into a file then
  @SuppressWarnings("SystemConsoleNull")
  private final boolean terminal = System.console() != null;

  private final Map<Phase, ProgressBar> bars = new ConcurrentHashMap<>();
  private final Map<Phase, Long> begun = new ConcurrentHashMap<>();

  @Override
  public void started(Phase phase) {
    if (phase.parent().isPresent()) {
      return;
    }
    begun.put(phase, System.nanoTime());
    if (terminal) {
      bars.put(
          phase,
          new ProgressBarBuilder()
              .setTaskName(phase.name())
              .setInitialMax(phase.total().orElse(-1))
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
              .setMaxRenderedLength(100)
              .build());
    }
  }

  @Override
  public void advanced(Phase phase, long count) {
    ProgressBar bar = bars.get(phase);
    if (bar != null) {
      bar.stepBy(count);
    }
  }

  @Override
  public void ended(Phase phase) {
    Long start = begun.remove(phase);
    ProgressBar bar = bars.remove(phase);
    if (bar != null) {
      bar.close();
    } else if (start != null) {
      System.err.printf("%s: %.1f s%n", phase.name(), (System.nanoTime() - start) / 1e9);
    }
  }
}
