package dev.anvil.store;

import dev.anvil.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Artefacts in memory, their bytes in a blob store. */
public final class MemoryArtefactStore implements ArtefactStore {
  private record Entry(Optional<String> json, String hash) {}

  private final Map<Long, TreeMap<String, Entry>> runs = new HashMap<>();
  private final BlobStore blobs;

  public MemoryArtefactStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  @Override
  public synchronized void putJson(long run, String name, String json) {
    of(run).put(name, new Entry(Optional.of(json), Sha256.of(json)));
  }

  @Override
  public synchronized String putBlob(long run, String name, byte[] bytes) {
    String hash = blobs.put(bytes);
    of(run).put(name, new Entry(Optional.empty(), hash));
    return hash;
  }

  @Override
  public synchronized Optional<String> json(long run, String name) {
    return Optional.ofNullable(of(run).get(name)).flatMap(Entry::json);
  }

  @Override
  public synchronized Optional<byte[]> blob(long run, String name) {
    return Optional.ofNullable(of(run).get(name))
        .filter(entry -> entry.json().isEmpty())
        .map(entry -> blobs.get(entry.hash()).orElseThrow());
  }

  @Override
  public synchronized List<String> names(long run) {
    return List.copyOf(of(run).keySet());
  }

  @Override
  public synchronized Map<String, String> hashes(long run) {
    Map<String, String> hashes = new TreeMap<>();
    of(run).forEach((name, entry) -> hashes.put(name, entry.hash()));
    return hashes;
  }

  @Override
  public synchronized Optional<String> contentHash(long run, String name) {
    return Optional.ofNullable(hashes(run).get(name));
  }

  private Map<String, Entry> of(long run) {
    return runs.computeIfAbsent(run, r -> new TreeMap<>());
  }
}
