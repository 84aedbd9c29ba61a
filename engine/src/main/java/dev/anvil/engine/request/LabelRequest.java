package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;
import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.LabelOutcome;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Write a page on which a person labels posts, for a study's label file.
 *
 * @param what study and model
 * @param factor its name; empty for the study's only one
 * @param count posts on the page, at most
 * @param page the HTML file to write
 */
public record LabelRequest(StudyOnModel what, Optional<String> factor, int count, Path page)
    implements Request<LabelOutcome> {
  public static final String JOB = "label";

  /** Posts on a page where nothing else is said: two hours of work would be 1,000. */
  public static final int COUNT = 300;

  private static final int MOST = 2000;

  public LabelRequest {
    requireNonNull(what, "what is null");
    factor = factor == null ? Optional.empty() : factor;
    page = absolute(requireNonNull(page, "page is null"));
    if (count < 1 || count > MOST) {
      throw new InvalidInputException(
          "count",
          "found %d; expected 1 to %d, since a page holds its pictures".formatted(count, MOST));
    }
  }

  @Override
  public String job() {
    return JOB;
  }
}
