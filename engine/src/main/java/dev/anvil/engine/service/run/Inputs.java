package dev.anvil.engine.service.run;

import dev.anvil.Sha256;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a result depends on, by name and content: hashes of files, packs and posts, settings,
 * versions of algorithms.
 */
public final class Inputs {
  /** Raised when the same inputs give other results than before. */
  private static final String ALGORITHMS = "1";

  private final TreeMap<String, String> values = new TreeMap<>();

  /** None yet but the version of the algorithms. */
  public Inputs() {
    put("algorithms", ALGORITHMS);
  }

  /** Adds a value; the same name again replaces it. */
  public Inputs put(String name, Object value) {
    values.put(name, value.toString());
    return this;
  }

  /** Adds all of others. */
  Inputs putAll(Map<String, String> others) {
    values.putAll(others);
    return this;
  }

  /** All of them by name. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** SHA-256 over all of them. */
  String fingerprint() {
    return Sha256.of(
        values.entrySet().stream()
            .map(e -> e.getKey() + "\u001f" + e.getValue())
            .collect(Collectors.joining("\u001e")));
  }
}
