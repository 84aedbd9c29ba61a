package dev.anvil;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls that are inside something native, so that it is not freed under them. Safe for
 * use from several threads.
 */
public final class NativeCalls {
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private int inside;
  private boolean ended;

  /**
   * @param name of what is called, for messages
   */
  public NativeCalls(String name) {
    this.name = name;
  }

  /**
   * Begins a call.
   *
   * @throws IllegalStateException when {@link #end} was called
   */
  public void enter() {
    lock.lock();
    try {
      if (ended) {
        throw new IllegalStateException(name + " is closed");
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  public void leave() {
    lock.lock();
    try {
      inside--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets no further call begin and waits for those that are inside.
   *
   * @return whether this is the first end, so that the caller has to free what was called
   */
  public boolean end() {
    lock.lock();
    try {
      boolean first = !ended;
      ended = true;
      while (inside > 0) {
        left.awaitUninterruptibly();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }
}
