package dev.anvil.encode;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.store.EmbeddingStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Encodes many views, reading and preparing some while others are in the network.
 *
 * <p>What is in the cache already is not opened; what is new is put there batch by batch, so that a
 * run that was cut short continues where it stopped. Results do not depend on settings, order or
 * batches.
 */
public final class EncodingPipeline {
  /**
   * How much is done at once.
   *
   * @param decoders threads that open and prepare views
   * @param callers threads that call the network
   * @param batch views in one call
   */
  public record Settings(int decoders, int callers, int batch) {
    /** Two of each and batches of 8: the best measured on two cores. */
    public static final Settings DEFAULT = new Settings(2, 2, 8);

    public Settings {
      if (decoders < 1 || callers < 1 || batch < 1) {
        throw new IllegalArgumentException(
            "found %d decoders, %d callers, batch %d; expected at least 1 of each"
                .formatted(decoders, callers, batch));
      }
    }
  }

  private final Encoder encoder;
  private final EmbeddingStore cache;
  private final Settings settings;

  public EncodingPipeline(Encoder encoder, EmbeddingStore cache, Settings settings) {
    this.encoder = requireNonNull(encoder, "encoder is null");
    this.cache = requireNonNull(cache, "cache is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Whether the embedding of an item of this key is kept. */
  public boolean isKept(String key) {
    return cache.get(key).isPresent();
  }

  /**
   * Encodes items; one that cannot be opened or encoded is a problem of its own and does not stop
   * the others.
   */
  public Encoded encode(List<EncodingItem> items, RunContext context) {
    Map<String, float[]> rows = new LinkedHashMap<>();
    Map<String, EncodingItem> missing = new LinkedHashMap<>();
    for (EncodingItem item : items) {
      if (!rows.containsKey(item.key()) && !missing.containsKey(item.key())) {
        cache
            .get(item.key())
            .ifPresentOrElse(row -> rows.put(item.key(), row), () -> missing.put(item.key(), item));
      }
    }
    Map<String, Problem> problems = Map.of();
    Set<String> faults = Set.of();
    if (!missing.isEmpty()) {
      try (Phase phase = context.start("encode", missing.size())) {
        EncodingRun run =
            new EncodingRun(encoder, cache, settings, List.copyOf(missing.values()), phase);
        run.finish();
        rows.putAll(run.rows());
        problems = run.problems();
        faults = run.faults();
      }
    }
    return inOrder(items, rows, problems, faults);
  }

  private static Encoded inOrder(
      List<EncodingItem> items,
      Map<String, float[]> rows,
      Map<String, Problem> problems,
      Set<String> faults) {
    List<Optional<float[]>> ordered = new ArrayList<>();
    List<Problem> found = new ArrayList<>();
    List<Problem> ofEncoder = new ArrayList<>();
    for (EncodingItem item : items) {
      ordered.add(Optional.ofNullable(rows.get(item.key())));
      Optional.ofNullable(problems.get(item.key()))
          .map(p -> new Problem(item.name(), p.message()))
          .ifPresent(
              problem -> {
                found.add(problem);
                if (faults.contains(item.key())) {
                  ofEncoder.add(problem);
                }
              });
    }
    return new Encoded(ordered, found, ofEncoder);
  }
}
