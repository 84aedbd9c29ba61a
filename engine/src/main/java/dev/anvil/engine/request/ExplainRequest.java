package dev.anvil.engine.request;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.ExplainOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Say where predictions come from, and draw heat maps.
 *
 * @param model run of the fit; empty for the one in use
 * @param pictures ids of the campaign's posts, or files
 * @param masks times that random parts are hidden
 * @param folder where heat maps go; empty for {@code explain} in the workspace
 * @param seed of all that is random
 */
public record ExplainRequest(
    Optional<Long> model, List<String> pictures, int masks, Optional<Path> folder, long seed)
    implements Request<ExplainOutcome> {
  public static final String JOB = "explain";

  public ExplainRequest {
    model = model == null ? Optional.empty() : model;
    pictures = List.copyOf(pictures);
    folder = folder == null ? Optional.empty() : folder.map(Paths::absolute);
    if (pictures.isEmpty() || masks < 1) {
      throw new InvalidInputException(
          "explain",
          "found %d pictures and %d masks; expected at least one of each"
              .formatted(pictures.size(), masks));
    }
  }

  @Override
  public String job() {
    return JOB;
  }

  @Override
  public long randomSeed() {
    return seed;
  }
}
