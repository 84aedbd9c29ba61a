package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.store.ResultStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The elements that the driver knows of posts, for executors that would otherwise find them again.
 *
 * @param segmenter that found them
 * @param results where they are
 */
record KnownElements(Segmenter segmenter, ResultStore results) {
  KnownElements {
    requireNonNull(segmenter, "segmenter is null");
    requireNonNull(results, "results is null");
  }

  /** Those of a post; nothing where they are not known. */
  List<Kept> of(Post post) {
    List<Kept> read = new ArrayList<>();
    ResultStore recording =
        new ResultStore() {
          @Override
          public Optional<byte[]> bytes(String kind, String key) {
            Optional<byte[]> value = results.bytes(kind, key);
            value.ifPresent(bytes -> read.add(Kept.result(kind, key, bytes)));
            return value;
          }

          @Override
          public void putAll(String kind, Map<String, byte[]> values) {
            throw new UnsupportedOperationException("elements are only read here");
          }

          @Override
          public Map<String, Long> counts() {
            return results.counts();
          }
        };
    return new SegmentationCache(segmenter, recording).isKnown(post) ? read : List.of();
  }
}
