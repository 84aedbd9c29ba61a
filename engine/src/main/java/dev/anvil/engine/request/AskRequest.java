package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.AskOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Compare two descriptions in words.
 *
 * @param model run of the fit; empty for the one in use
 * @param first description
 * @param second description
 * @param sentences CSV with a column id and captions or tags; empty for the campaign's captions,
 *     else what the bundled detector finds
 * @param columns of that file to use; empty for all
 */
public record AskRequest(
    Optional<Long> model,
    String first,
    String second,
    Optional<Path> sentences,
    List<String> columns)
    implements Request<AskOutcome> {
  public static final String JOB = "ask";

  public AskRequest {
    model = model == null ? Optional.empty() : model;
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
    sentences = sentences == null ? Optional.empty() : sentences.map(Paths::absolute);
    columns = columns == null ? List.of() : List.copyOf(columns);
  }

  @Override
  public String job() {
    return JOB;
  }
}
