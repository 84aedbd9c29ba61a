package dev.anvil.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs in memory. */
public final class MemoryRunRows implements RunRows {
  private final TreeMap<Long, Run> runs = new TreeMap<>(Collections.reverseOrder());

  @Override
  public synchronized <T> T atomically(Supplier<T> work) {
    return work.get();
  }

  @Override
  public synchronized Run insert(Run.Request request, Instant submitted) {
    Run run =
        new Run(
            runs.size() + 1L,
            request,
            Run.State.QUEUED,
            new Run.Times(submitted, Optional.empty(), Optional.empty()),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    save(run);
    return run;
  }

  @Override
  public synchronized void save(Run run) {
    runs.put(run.id(), run);
  }

  @Override
  public synchronized Optional<Run> find(long id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized List<Run> equal(String command, String fingerprint) {
    return list().stream()
        .filter(run -> run.request().command().equals(command))
        .filter(run -> run.request().fingerprint().equals(fingerprint))
        .toList();
  }

  @Override
  public synchronized List<Run> list() {
    return new ArrayList<>(runs.values());
  }
}
