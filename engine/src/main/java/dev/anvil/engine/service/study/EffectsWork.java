package dev.anvil.engine.service.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.request.MonitorRequest.OfStudy;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.monitor.EffectPeriod;
import dev.anvil.monitor.EffectsOverTime;
import dev.anvil.predict.ModelFitter;
import dev.anvil.store.Run;
import dev.anvil.study.ChangingEffects;
import java.util.List;
import java.util.Optional;

/** Estimates the effects of a finished study by year or quarter, on the same variants. */
public final class EffectsWork {
  private final Parts parts;
  private final StudyWork studies;

  public EffectsWork(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
    this.studies = new StudyWork(parts);
  }

  /**
   * Estimates them.
   *
   * @param campaign as it is now
   * @throws NotFoundException when there is no finished study of this campaign and metric
   */
  public EffectsOverTime of(OfStudy asked, Campaign campaign, String metric, RunContext context) {
    Run run = study(asked, campaign.name(), metric);
    StudyOnModel what = StudyService.asked(run);
    ModelView view = studies.view(what);
    List<Post> posts =
        campaign.mature().posts().stream()
            .filter(p -> p.time().isPresent() && p.metric(metric).isPresent())
            .toList();
    try (StudyWork.Studio studio = studies.studio(view, context)) {
      ModelFitter.Request request =
          StudyPosts.request(
              view, StudyPosts.trainer(view.model(), context), view.model().description().seed());
      ChangingEffects found =
          ChangingEffects.of(
              StudyPosts.of(view, what.study(), studio.runner(), posts, context),
              request,
              EffectPeriod.of(
                  posts.stream()
                      .map(p -> p.time().orElseThrow())
                      .filter(t -> request.since().map(s -> !t.isBefore(s)).orElse(true))
                      .toList()),
              context);
      return new EffectsOverTime(
          run.id(), what.study().spec().name(), found.periods(), found.refused(), found.effects());
    }
  }

  private Run study(OfStudy asked, String campaign, String metric) {
    if (asked.run().isPresent()) {
      Run run = Studies.finished(parts, asked.run());
      if (!isOf(run, campaign, metric)) {
        throw new InvalidInputException(
            "run " + run.id(),
            "is a study of another campaign or metric; expected one of %s of \"%s\""
                .formatted(metric, campaign));
      }
      return run;
    }
    return Studies.finished(parts).stream()
        .filter(run -> isOf(run, campaign, metric))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "study",
                    "the workspace has no finished one of %s of \"%s\"; expected one"
                        .formatted(metric, campaign)));
  }

  private boolean isOf(Run run, String campaign, String metric) {
    StudyOnModel what = StudyService.asked(run);
    Optional<Campaign> fitted = what.model().map(fit -> FitService.campaign(parts.artefacts(fit)));
    return fitted.filter(c -> c.name().equals(campaign)).isPresent()
        && Models.request(parts.models().fit(what.model()))
            .metric()
            .filter(metric::equals)
            .isPresent();
  }
}
