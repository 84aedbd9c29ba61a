package dev.anvil.engine.service.run;

import dev.anvil.InternalException;
import java.util.Deque;

/** Closes several things, the last opened first. */
public final class Closing {
  private Closing() {}

  /** Closes what was opened, the last one first, also where closing one of them fails. */
  public static void all(Deque<? extends AutoCloseable> opened) {
    RuntimeException first = null;
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        if (first == null) {
          first = new InternalException("could not be closed", e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
