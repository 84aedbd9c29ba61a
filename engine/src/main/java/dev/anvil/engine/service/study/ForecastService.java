package dev.anvil.engine.service.study;

import dev.anvil.engine.outcome.ForecastOutcome;
import dev.anvil.engine.request.ForecastRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.store.ResultStore;
import dev.anvil.study.StudyForecast;
import dev.anvil.study.StudyForecast.FactorCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Forecasts studies. */
public final class ForecastService implements Service<ForecastRequest, ForecastOutcome> {
  /** Seconds that a picture of an editor took when it was last measured in this workspace. */
  private static final String PACE = "seconds-of-a-picture";

  private final StudyWork studies;
  private final ResultStore results;

  public ForecastService(Parts parts) {
    this.studies = new StudyWork(parts);
    this.results = parts.stores().results();
  }

  @Override
  public Work<ForecastOutcome> accept(ForecastRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    return Work.of(
        new ForecastRequest(what, asked.pilot()),
        Optional.empty(),
        ForecastOutcome.class,
        (out, context) -> {
          StudyText study = what.study();
          ModelView view = studies.view(what);
          try (StudyWork.Studio studio = studies.studio(view, context)) {
            StudyForecast forecast =
                studio
                    .runner()
                    .forecast(
                        study.spec(),
                        study.folder(),
                        view.campaign().posts(),
                        asked.pilot(),
                        context);
            return outcome(out.run(), what.model().orElseThrow(), study, forecast);
          }
        });
  }

  private ForecastOutcome outcome(long run, long model, StudyText study, StudyForecast forecast) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Judged by %d creatives; the effects of these were not looked at."
            .formatted(forecast.pilot()));
    double seconds = forecast.analysisSeconds();
    boolean known = true;
    for (FactorCost cost : forecast.factors()) {
      cost.secondsEach().ifPresent(each -> results.put(PACE, cost.editor(), Double.toString(each)));
      OptionalDouble each = pace(cost);
      if (cost.toMake() > 0 && each.isEmpty()) {
        known = false;
        notes.add(
            "How long a picture by %s takes was never measured here.".formatted(cost.editor()));
      }
      seconds += cost.toMake() * each.orElse(0);
    }
    if (forecast.sources() < study.spec().sources().count()) {
      notes.add(
          "Only %d creatives qualify; the file asks for %d."
              .formatted(forecast.sources(), study.spec().sources().count()));
    }
    if (study.spec().sources().stop().isPresent()) {
      notes.add("The study stops before that, as soon as its intervals are as narrow as asked.");
    }
    return new ForecastOutcome(
        run, model, forecast, known ? OptionalDouble.of(seconds) : OptionalDouble.empty(), notes);
  }

  private OptionalDouble pace(FactorCost cost) {
    return cost.secondsEach().isPresent()
        ? cost.secondsEach()
        : results
            .get(PACE, cost.editor())
            .map(Double::parseDouble)
            .map(OptionalDouble::of)
            .orElseGet(OptionalDouble::empty);
  }
}
