package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.ForecastOutcome;
import dev.anvil.study.StudyForecast;

/**
 * Say what a study will cost and what it can find, by making and scoring a few of its creatives.
 * Their pictures are kept, so that the study need not make them again; their effects are not told,
 * so that nobody changes the study by them. Done anew each time.
 *
 * @param what the study, and the model that it is run on
 * @param pilot creatives to make, 5 to 50
 */
public record ForecastRequest(StudyOnModel what, int pilot) implements Request<ForecastOutcome> {
  public static final String JOB = "forecast";

  /** Creatives of a usual pilot. */
  public static final int USUAL = 8;

  private static final int MOST = 50;

  public ForecastRequest {
    requireNonNull(what, "what is null");
    if (pilot < StudyForecast.FEWEST || pilot > MOST) {
      throw new InvalidInputException(
          "pilot", "found %d; expected %d to %d".formatted(pilot, StudyForecast.FEWEST, MOST));
    }
  }

  @Override
  public String job() {
    return JOB;
  }
}
