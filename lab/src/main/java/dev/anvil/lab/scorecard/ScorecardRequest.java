package dev.anvil.lab.scorecard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.lab.Showroom;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Judge methods on simulated worlds.
 *
 * @param showroom folder of the rendered campaign
 * @param scorecard file; empty for the showroom's
 * @param worlds of each scenario; empty for as many as the file says
 * @param trees whether early-stopped trees score variants in place of ridge
 */
public record ScorecardRequest(
    Path showroom, Optional<Path> scorecard, Optional<Integer> worlds, boolean trees) {
  public static final String JOB = "scorecard";

  public ScorecardRequest {
    requireNonNull(showroom, "showroom is null");
    requireNonNull(scorecard, "scorecard is null");
    if (worlds.filter(n -> n < 1).isPresent()) {
      throw new InvalidInputException(
          "worlds", "found %d; expected 1 or more".formatted(worlds.get()));
    }
  }

  /** The scorecard file. */
  @JsonIgnore
  public Path file() {
    return scorecard.orElse(new Showroom(showroom).scorecard());
  }

  /** As one line of JSON, as {@link #read} takes it. */
  public String json() {
    ObjectNode node = EngineJson.compact().valueToTree(this);
    node.put("job", JOB);
    return node.toString();
  }

  /**
   * A request that was written as JSON with {@code "job": "scorecard"}.
   *
   * @param where names the text in messages
   * @return empty where it is another job, or no JSON
   * @throws InvalidInputException when a field of it cannot be used
   */
  public static Optional<ScorecardRequest> read(String json, String where) {
    try {
      JsonNode node = EngineJson.strict().readTree(json);
      if (!(node instanceof ObjectNode object) || !JOB.equals(object.path("job").asText())) {
        return Optional.empty();
      }
      object.remove("job");
      return Optional.of(EngineJson.strict().treeToValue(object, ScorecardRequest.class));
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof InvalidInputException invalid) {
        throw invalid;
      }
      throw new InvalidInputException(
          where,
          "is no scorecard request: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }
}
