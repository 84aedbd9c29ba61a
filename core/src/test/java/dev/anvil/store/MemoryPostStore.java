package dev.anvil.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Campaigns in memory. */
public final class MemoryPostStore implements PostStore {
  private record Saved(String source, String kinds, String advice, List<StoredPost> posts) {}

  private final Map<String, Saved> campaigns = new LinkedHashMap<>();

  @Override
  public synchronized void save(
      String campaign, String source, String kinds, String advice, List<StoredPost> posts) {
    if (posts.stream().map(StoredPost::id).distinct().count() != posts.size()) {
      throw new IllegalArgumentException("two posts have the same id");
    }
    campaigns.remove(campaign);
    campaigns.put(
        campaign,
        new Saved(
            source,
            kinds,
            advice,
            posts.stream()
                .sorted(Comparator.comparing(StoredPost::time).thenComparing(StoredPost::id))
                .toList()));
  }

  @Override
  public synchronized Optional<List<StoredPost>> load(String campaign) {
    return Optional.ofNullable(campaigns.get(campaign)).map(Saved::posts);
  }

  @Override
  public synchronized List<String> names() {
    List<String> names = new ArrayList<>(campaigns.keySet());
    Collections.reverse(names);
    return names;
  }

  @Override
  public synchronized Optional<String> kinds(String campaign) {
    return Optional.ofNullable(campaigns.get(campaign)).map(Saved::kinds);
  }

  @Override
  public synchronized Optional<String> advice(String campaign) {
    return Optional.ofNullable(campaigns.get(campaign)).map(Saved::advice);
  }

  @Override
  public synchronized Optional<String> source(String campaign) {
    return Optional.ofNullable(campaigns.get(campaign)).map(Saved::source);
  }
}
