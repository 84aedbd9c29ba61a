package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;
import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.StarterOutcome;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Write a first study, made from what the campaign's pictures show, to be edited and run.
 *
 * @param model run of the fit; empty for the one in use
 * @param study the file to write; plates, figures and labels are written beside it, and nothing may
 *     be there yet
 */
public record StarterRequest(Optional<Long> model, Path study) implements Request<StarterOutcome> {
  public static final String JOB = "starter-study";

  public StarterRequest {
    model = model == null ? Optional.empty() : model;
    study = absolute(requireNonNull(study, "study is null"));
  }

  @Override
  public String job() {
    return JOB;
  }
}
