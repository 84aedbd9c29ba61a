package dev.anvil.study.variant;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.store.ResultStore;
import dev.anvil.study.variant.VariantStudio.Check;
import java.util.Optional;

/** How edits were judged, by what their variants are known by. */
record KeptChecks(ResultStore results) {
  /** The first kind of checks did not look at removals again, the second not at insertions. */
  private static final String CHECK = "variant-check-3";

  private static final ObjectMapper JSON = new ObjectMapper();

  KeptChecks {
    requireNonNull(results, "results is null");
  }

  Optional<Check> find(String key) {
    return results.get(CHECK, key).map(json -> check(key, json));
  }

  private static Check check(String key, String json) {
    try {
      return JSON.readValue(json, Check.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("check of variant " + key + " is damaged", e);
    }
  }

  void put(String key, Check check) {
    try {
      results.put(CHECK, key, JSON.writeValueAsString(check));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("check of variant " + key + " has no JSON", e);
    }
  }
}
