package dev.anvil.engine.request;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.MonitorOutcome;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Watch a model over the posts that came after it was fitted. Done anew each time: posts whose
 * metric is not known yet are predicted, and what was predicted is kept.
 *
 * @param model run of the fit; empty for the one in use
 * @param years to a false alarm on average, at least, over all series together
 * @param smallest change of the metric in a quarter that matters to fatigue, as a share
 * @param seed of what is drawn at random
 * @param page file of the page; empty for {@code monitor.html} in the workspace
 * @param effects of which study to estimate the effects by year or quarter; empty for none
 * @param challenger what to do about a model that is fitted again
 */
public record MonitorRequest(
    Optional<Long> model,
    double years,
    double smallest,
    long seed,
    Optional<Path> page,
    Optional<OfStudy> effects,
    Challenger challenger)
    implements Request<MonitorOutcome> {
  public static final String JOB = "monitor";
  private static final double LONGEST = 100;

  /** What to do about a model that is fitted again on newer posts. */
  public enum Challenger {
    NONE,
    /** Compare it with the model in use. */
    COMPARE,
    /** Compare it; use it from then on if it is better. */
    PROMOTE
  }

  /**
   * A finished study.
   *
   * @param run empty for the newest of the same campaign and metric
   */
  public record OfStudy(Optional<Long> run) {
    public OfStudy {
      run = run == null ? Optional.empty() : run;
    }
  }

  public MonitorRequest {
    challenger = challenger == null ? Challenger.NONE : challenger;
    effects = effects == null ? Optional.empty() : effects;
    model = model == null ? Optional.empty() : model;
    page = page == null ? Optional.empty() : page.map(Paths::absolute);
    if (!(years > 0 && years <= LONGEST)) {
      throw new InvalidInputException(
          "years", "found %s; expected above 0 and at most %.0f".formatted(years, LONGEST));
    }
    if (!(smallest > 0 && smallest < 1)) {
      throw new InvalidInputException(
          "smallest", "found %s; expected between 0 and 1".formatted(smallest));
    }
  }

  /** The model in use, with one false alarm in two years at most, and changes of 5 % and more. */
  public static MonitorRequest standard() {
    return new MonitorRequest(
        Optional.empty(), 2, .05, 1, Optional.empty(), Optional.empty(), Challenger.NONE);
  }

  /** The same, with the effects of a study over time. */
  public MonitorRequest withEffects(OfStudy study) {
    return new MonitorRequest(model, years, smallest, seed, page, Optional.of(study), challenger);
  }

  /** The same with something else done about a challenger. */
  public MonitorRequest with(Challenger other) {
    return new MonitorRequest(model, years, smallest, seed, page, effects, other);
  }

  /** The same with what was left open filled in. */
  public MonitorRequest on(long fit, Path file) {
    return new MonitorRequest(
        Optional.of(fit), years, smallest, seed, Optional.of(file), effects, challenger);
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
