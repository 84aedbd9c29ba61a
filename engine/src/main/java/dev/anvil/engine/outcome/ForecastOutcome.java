package dev.anvil.engine.outcome;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.StudyForecast;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a study will cost and what it can find.
 *
 * @param model run of the fit
 * @param forecast by making and scoring a few of its creatives
 * @param seconds that the study will still take on this machine, at the pace of the pilot; empty
 *     where that of an editor is not known
 * @param notes what a person should know of these numbers, in sentences
 */
public record ForecastOutcome(
    long run, long model, StudyForecast forecast, OptionalDouble seconds, List<String> notes)
    implements Outcome {
  public ForecastOutcome {
    requireNonNull(forecast, "forecast is null");
    requireNonNull(seconds, "seconds is null");
    notes = List.copyOf(notes);
  }
}
