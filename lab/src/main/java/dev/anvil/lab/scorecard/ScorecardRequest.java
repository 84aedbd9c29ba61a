package dev.anvil.lab.scorecard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.Requests;
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
@JsonIgnoreProperties("job")
public record ScorecardRequest(
    Path showroom, Optional<Path> scorecard, Optional<Integer> worlds, boolean trees) {
  public static final String JOB = "scorecard";

  public ScorecardRequest {
    // executors work in other folders
    showroom = requireNonNull(showroom, "showroom is null").toAbsolutePath();
    scorecard = requireNonNull(scorecard, "scorecard is null").map(Path::toAbsolutePath);
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
    return node.put("job", JOB).toString();
  }

  /**
   * A request that was written as JSON with {@code "job": "scorecard"}.
   *
   * @param where names the text in messages
   * @return empty where it is another job, or no JSON
   * @throws InvalidInputException when a field of it cannot be used
   */
  public static Optional<ScorecardRequest> read(String json, String where) {
    return isOfThisJob(json)
        ? Optional.of(Requests.read(json, where, ScorecardRequest.class))
        : Optional.empty();
  }

  private static boolean isOfThisJob(String json) {
    try {
      return EngineJson.strict().readTree(json).path("job").asText().equals(JOB);
    } catch (JsonProcessingException e) {
      return false; // whoever reads the other jobs says what is wrong with it
    }
  }
}
