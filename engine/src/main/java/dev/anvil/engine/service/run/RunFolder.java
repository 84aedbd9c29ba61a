package dev.anvil.engine.service.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.InternalException;
import dev.anvil.NotFoundException;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.store.Stores;
import java.util.Optional;

/**
 * The artefacts of one run.
 *
 * @param run its id
 */
public record RunFolder(long run, Stores stores) {
  /** Name of the artefact that is the result of a job. */
  public static final String OUTCOME = "outcome";

  /** Name of the artefact that says what a job depended on. */
  public static final String INPUTS = "inputs";

  /** Keeps a value as JSON. */
  public void put(String name, Object value) {
    try {
      stores.artefacts().putJson(run, name, EngineJson.compact().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new InternalException("the artefact " + name + " has no JSON", e);
    }
  }

  /** Keeps text under a name, as a blob. */
  public void putText(String name, String text) {
    stores.artefacts().putBlob(run, name, text.getBytes(UTF_8));
  }

  /** Text that {@link #putText} kept. */
  public Optional<String> text(String name) {
    return stores.artefacts().blob(run, name).map(bytes -> new String(bytes, UTF_8));
  }

  /** A value that {@link #put} kept; empty where there is none. */
  public <T> Optional<T> find(String name, Class<T> type) {
    return stores.artefacts().json(run, name).map(json -> read(name, json, type));
  }

  /**
   * A value that {@link #put} kept.
   *
   * @throws NotFoundException when there is none
   */
  public <T> T get(String name, Class<T> type) {
    return find(name, type)
        .orElseThrow(() -> new NotFoundException("run " + run, "has no artefact \"" + name + "\""));
  }

  private <T> T read(String name, String json, Class<T> type) {
    try {
      return EngineJson.compact().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new InternalException(
          "the artefact %s of run %d was written by another version of Anvil; do the run again"
              .formatted(name, run),
          e);
    }
  }
}
