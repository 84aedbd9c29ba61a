package dev.anvil.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results in memory. */
public final class MemoryResultStore implements ResultStore {
  private final Map<String, Map<String, byte[]>> kinds = new TreeMap<>();

  @Override
  public synchronized Optional<byte[]> bytes(String kind, String key) {
    return Optional.ofNullable(kinds.getOrDefault(kind, Map.of()).get(key)).map(byte[]::clone);
  }

  @Override
  public synchronized void putAll(String kind, Map<String, byte[]> values) {
    Map<String, byte[]> ofKind = kinds.computeIfAbsent(kind, k -> new TreeMap<>());
    values.forEach((key, value) -> ofKind.put(key, value.clone()));
  }

  @Override
  public synchronized Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    kinds.forEach((kind, values) -> counts.put(kind, (long) values.size()));
    return counts;
  }
}
