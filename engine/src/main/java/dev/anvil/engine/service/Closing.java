package dev.anvil.engine.service;

import dev.anvil.InternalException;
import java.util.Deque;

/** Closes several things, the last opened first. */
final class Closing {
  private Closing() {}

  static void all(Deque<? extends AutoCloseable> opened) {
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
