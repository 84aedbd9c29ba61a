package dev.anvil.engine.service.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.ConflictException;
import dev.anvil.InternalException;
import dev.anvil.Sha256;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.store.ResultStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a model predicted of posts, in the order in which it did. Each entry holds the hash of the
 * one before, so that no prediction can be changed, taken out or put in afterwards unseen.
 */
final class PromiseLog {
  private static final String KIND = "promise";

  private final ResultStore results;
  private final long fit;

  /**
   * A prediction.
   *
   * @param post its id
   * @param creative SHA-256 of its picture
   * @param made when
   * @param known whether the metric was known then: no promise
   * @param target predicted, in training standard deviations
   * @param halfWidth of the interval around it; empty where the fit measured none
   */
  record Promise(
      String post,
      String creative,
      Instant made,
      boolean known,
      double target,
      Optional<Double> halfWidth) {}

  /**
   * A prediction in the chain.
   *
   * @param previous hash of the entry before; empty of the first
   * @param hash of the previous one's and of the prediction
   */
  record Entry(String previous, String hash, Promise promise) {
    static Entry after(String previous, Promise promise) {
      return new Entry(previous, hash(previous, promise), promise);
    }

    boolean follows(String before) {
      return previous.equals(before) && hash.equals(hash(before, promise));
    }

    private static String hash(String previous, Promise promise) {
      return Sha256.of(previous + "\n" + json(promise));
    }
  }

  PromiseLog(ResultStore results, long fit) {
    this.results = requireNonNull(results, "results is null");
    this.fit = fit;
  }

  /**
   * All entries, oldest first.
   *
   * @throws ConflictException when one was changed, or one before it is missing
   */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    String previous = "";
    for (int i = 0; ; i++) {
      Optional<String> text = results.get(KIND, key(i));
      if (text.isEmpty()) {
        checkEnd(i);
        return entries;
      }
      Entry entry = read(text.get());
      if (!entry.follows(previous)) {
        throw broken(i);
      }
      entries.add(entry);
      previous = entry.hash();
    }
  }

  /**
   * Adds predictions, all or none; when this returns, they outlive the process.
   *
   * @param entries all that there are
   * @return these and the new ones
   */
  List<Entry> add(List<Entry> entries, List<Promise> promises) {
    List<Entry> all = new ArrayList<>(entries);
    Map<String, byte[]> rows = new HashMap<>();
    for (Promise promise : promises) {
      Entry entry = Entry.after(all.isEmpty() ? "" : all.get(all.size() - 1).hash(), promise);
      rows.put(key(all.size()), json(entry).getBytes(UTF_8));
      all.add(entry);
    }
    rows.put(end(), Integer.toString(all.size()).getBytes(UTF_8));
    results.putAll(KIND, rows);
    return all;
  }

  /** Fewer entries than were written: the newest were taken out. */
  private void checkEnd(int found) {
    int written = results.get(KIND, end()).map(Integer::parseInt).orElse(0);
    if (found < written) {
      throw broken(found);
    }
  }

  private ConflictException broken(int index) {
    return new ConflictException(
        "predictions of run %d".formatted(fit),
        "entry %d is not what was written; expected the chain of predictions whole: restore the"
                .formatted(index + 1)
            + " workspace from a copy, or fit again and begin a new chain");
  }

  private String key(int index) {
    return String.format(Locale.ROOT, "%d/%09d", fit, index);
  }

  private String end() {
    return fit + "/end";
  }

  private static Entry read(String text) {
    try {
      return EngineJson.compact().readValue(text, Entry.class);
    } catch (JsonProcessingException e) {
      throw new InternalException("a kept prediction is not JSON", e);
    }
  }

  private static String json(Object value) {
    try {
      return EngineJson.compact().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new InternalException("a prediction has no JSON", e);
    }
  }
}
