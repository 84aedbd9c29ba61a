package dev.anvil.engine.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Things that are costly to open, each opened once and shared. What nobody uses stays open for the
 * next, up to a number; then the one used longest ago is closed. Nothing is closed while it is
 * leased.
 *
 * @param <T> what is shared
 */
final class Pool<T> implements AutoCloseable {
  private final int idleLimit;
  private final Consumer<T> closer;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean closed;

  /** Opens a thing. */
  @FunctionalInterface
  interface Opener<T> {
    T open() throws IOException;
  }

  private final class Entry {
    private final CompletableFuture<T> value = new CompletableFuture<>();
    private int leases;
  }

  /**
   * A pool.
   *
   * @param idleLimit how many stay open that nobody uses
   * @param closer closes a thing
   */
  Pool(int idleLimit, Consumer<T> closer) {
    this.idleLimit = idleLimit;
    this.closer = closer;
  }

  /**
   * The thing of a key, opened if it is not open; of several callers one opens and the others wait.
   *
   * @param key names all that the thing depends on, by content
   */
  Lease<T> lease(String key, Opener<T> opener) {
    Entry entry;
    boolean opens;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("used after the engine was closed");
      }
      entry = entries.remove(key);
      opens = entry == null;
      entry = opens ? new Entry() : entry;
      entry.leases++;
      entries.put(key, entry); // the one used last comes last
    }
    if (opens) {
      open(key, entry, opener);
    }
    try {
      T value = entry.value.join();
      Entry leased = entry;
      return new Lease<>(value, () -> release(leased));
    } catch (CompletionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** What is open now, in use or not. */
  synchronized List<T> opened() {
    return entries.values().stream()
        .filter(e -> e.value.isDone() && !e.value.isCompletedExceptionally())
        .map(e -> e.value.join())
        .toList();
  }

  private void open(String key, Entry entry, Opener<T> opener) {
    try {
      entry.value.complete(opener.open());
    } catch (IOException | RuntimeException | Error e) {
      synchronized (this) {
        entries.remove(key, entry);
      }
      entry.value.completeExceptionally(e);
    }
  }

  private static RuntimeException rethrown(Throwable e) {
    if (e instanceof RuntimeException already) {
      return already;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new UncheckedIOException((IOException) e);
  }

  private void release(Entry entry) {
    List<T> out = new ArrayList<>();
    synchronized (this) {
      entry.leases--;
      long idle = entries.values().stream().filter(e -> e.leases == 0).count();
      for (Iterator<Entry> all = entries.values().iterator();
          all.hasNext() && (closed || idle > idleLimit); ) {
        Entry next = all.next();
        if (next.leases == 0 && next.value.isDone() && !next.value.isCompletedExceptionally()) {
          all.remove();
          out.add(next.value.join());
          idle--;
        }
      }
      notifyAll();
    }
    out.forEach(closer);
  }

  /** Waits until nothing is leased, then closes all. */
  @Override
  public void close() {
    List<T> out = new ArrayList<>();
    synchronized (this) {
      closed = true;
      boolean interrupted = false;
      while (entries.values().stream().anyMatch(e -> e.leases > 0)) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      out.addAll(opened());
      entries.clear();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    out.forEach(closer);
  }
}
