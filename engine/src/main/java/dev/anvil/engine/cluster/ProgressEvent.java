package dev.anvil.engine.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.AnvilException;
import dev.anvil.Problem;
import dev.anvil.engine.request.EngineJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a process tells of its work, a line of JSON each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ProgressEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = ProgressEvent.Advanced.class, name = "advanced"),
  @JsonSubTypes.Type(value = ProgressEvent.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = ProgressEvent.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = ProgressEvent.Failed.class, name = "failed")
})
public sealed interface ProgressEvent {
  /**
   * A phase began.
   *
   * @param phase number of the phase
   * @param within the phase that it is part of; empty for none
   * @param total number of steps; empty where it is not known
   */
  record Started(long phase, OptionalLong within, String name, OptionalLong total)
      implements ProgressEvent {
    public Started {
      requireNonNull(within, "within is null");
      requireNonNull(name, "name is null");
      requireNonNull(total, "total is null");
    }
  }

  /** More steps of a phase are done. */
  record Advanced(long phase, long steps) implements ProgressEvent {}

  /** A phase ended. */
  record Ended(long phase) implements ProgressEvent {}

  /**
   * The job is done; the last line.
   *
   * @param outcome the job's, as JSON
   */
  record Finished(JsonNode outcome) implements ProgressEvent {
    public Finished {
      requireNonNull(outcome, "outcome is null");
    }
  }

  /** The job could not be done; the last line. */
  record Failed(AnvilException.Code code, String message, List<Problem> problems)
      implements ProgressEvent {
    public Failed {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
      problems = List.copyOf(problems);
    }
  }

  /** One line. */
  default String line() {
    try {
      return EngineJson.compact().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is always JSON", e);
    }
  }

  /** What {@link #line} wrote; empty for a line that is no event, such as a warning. */
  static Optional<ProgressEvent> read(String line) {
    if (!line.startsWith("{\"event\":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(EngineJson.compact().readValue(line, ProgressEvent.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("found an event of another version: " + line, e);
    }
  }
}
