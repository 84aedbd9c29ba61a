package dev.anvil.engine.service.monitor;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Campaign;
import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.MonitorRequest.Challenger;
import dev.anvil.engine.service.campaign.DeletedPosts;
import dev.anvil.engine.service.campaign.Readings;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.OtherJobs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.engine.service.study.EffectsWork;
import dev.anvil.monitor.Challenge;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.NextSteps;
import dev.anvil.monitor.Pace;
import dev.anvil.monitor.PictureChange;
import dev.anvil.monitor.Timed;
import dev.anvil.monitor.Watch;
import dev.anvil.report.data.ModelReport;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Watches a model over the posts that came after it was fitted (docs/monitoring.md). */
public final class MonitorService implements Service<MonitorRequest, MonitorOutcome> {
  private static final double MONTHS_PER_YEAR = 12;

  /** Promise, audience, pictures: what the false alarms are shared out to. */
  private static final int SERIES = 3;

  private static final String PAGE = "monitor.html";

  private final Parts parts;
  private final OtherJobs jobs;

  public MonitorService(Parts parts, OtherJobs jobs) {
    this.parts = requireNonNull(parts, "parts is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  @Override
  public Work<MonitorOutcome> accept(MonitorRequest asked) {
    Run fit = parts.models().fit(asked.model());
    if (FitService.exposure(parts.artefacts(fit.id())).isPresent()) {
      throw new InvalidInputException(
          "model of run " + fit.id(),
          "was fitted per exposure (--per); expected a model of the metric itself: monitoring does"
              + " not weigh posts by exposure");
    }
    MonitorRequest filled = asked.on(fit.id(), asked.page().orElse(parts.folder().resolve(PAGE)));
    return Work.of(
        filled,
        Optional.empty(),
        MonitorOutcome.class,
        (out, context) -> monitor(fit, filled, out.run(), context));
  }

  private MonitorOutcome monitor(Run fit, MonitorRequest asked, long run, RunContext context)
      throws IOException {
    try (ModelView view = ModelView.open(parts, fit, Optional.empty())) {
      Campaign campaign = parts.campaign(Optional.of(view.campaign().name()));
      Map<String, Boolean> deleted = new DeletedPosts(parts.stores().results()).of(campaign.name());
      LaterPosts later = LaterPosts.of(view, campaign, deleted, context);
      List<String> notes = new ArrayList<>(later.notes());
      notes.addAll(revisions(view, later));
      Evidence evidence = evidence(view, campaign, later, asked, notes, context);
      Optional<Long> promoted =
          asked.challenger() == Challenger.PROMOTE
              ? promoted(view, evidence, notes, context)
              : Optional.empty();
      List<String> toDo = NextSteps.of(evidence, promoted.isPresent());
      Path page = asked.page().orElseThrow();
      new MonitorFile(view, later).write(evidence, toDo, notes, page, context);
      return new MonitorOutcome(run, fit.id(), toDo, evidence, notes, page, promoted);
    }
  }

  /**
   * Fits again as the model in use was fitted, and uses that from then on; empty, with a note,
   * where that is not surely better.
   */
  private Optional<Long> promoted(
      ModelView view, Evidence found, List<String> notes, RunContext context) {
    if (found.challenge().orElseThrow().verdict() != Challenge.Verdict.BETTER) {
      notes.add(
          "The model of run %d stays in use: it is not proved that one that is fitted again predicts later posts better."
              .formatted(view.run()));
      return Optional.empty();
    }
    long fit = jobs.run(view.request(), context).run();
    parts.models().choose(fit);
    notes.add("The model of run %d is in use from now on.".formatted(fit));
    return Optional.of(fit);
  }

  private List<String> revisions(ModelView view, LaterPosts later) {
    String metric = view.model().description().metric();
    Set<String> posts = later.rows().keySet();
    List<Readings.Reading> read =
        new Readings(parts.stores().results())
            .of(view.campaign().name()).stream()
                .filter(
                    r ->
                        r.revision().metric().equals(metric) && posts.contains(r.revision().post()))
                .toList();
    List<String> notes = new ArrayList<>();
    long lower = posts(read, r -> r.revision().is() < r.revision().was());
    if (lower > 0) {
      notes.add(
          "Later posts whose %s was revised downwards: %d. The newest values are compared."
              .formatted(metric, lower));
    }
    long late = posts(read, Readings.Reading::late);
    if (late > 0) {
      notes.add(
          "Later posts whose %s changed by more than 5 %% after it counted as final: %d. Posts mature later than was said at the import (--min-age)."
              .formatted(metric, late));
    }
    return notes;
  }

  private static long posts(List<Readings.Reading> read, Predicate<Readings.Reading> which) {
    return read.stream().filter(which).map(r -> r.revision().post()).distinct().count();
  }

  private Evidence evidence(
      ModelView view,
      Campaign campaign,
      LaterPosts later,
      MonitorRequest asked,
      List<String> notes,
      RunContext context)
      throws IOException {
    String metric = view.model().description().metric();
    ModelReport report = view.report();
    double perSeries = SERIES * asked.years();
    Promises promises = Promises.of(view, parts, later, context);
    List<Timed> quiet = quiet(report);
    List<Watch> watches = watches(quiet, later, perSeries, asked.seed());
    if (watches.isEmpty()) {
      notes.add(
          "Too little time was learned from to watch errors and audience: expected posts in %d weeks or more."
              .formatted(Watch.LEAST_QUIET));
    }
    PictureChange pictures =
        PictureWatch.of(view, later, context)
            .change(1 / (MONTHS_PER_YEAR * perSeries), asked.seed(), context);
    if (pictures.drift().isEmpty() && !later.posts().isEmpty()) {
      notes.add(
          "Pictures of fewer than twelve months were learned from, or no new ones came: nothing is said of whether pictures changed.");
    }
    Pace pace = watches.stream().map(Watch::pace).findFirst().orElse(Pace.MONTH);
    Drops drops = new Drops(later);
    return new Evidence(
        metric,
        asked.years(),
        new Evidence.Posts(
            later.posts().size(), later.mature(), later.posts().size() - later.mature()),
        promises.kept(false, pace),
        promises.kept(true, pace),
        watches,
        pictures,
        new Tiring(view, report, later)
            .of(Math.abs(drops.shift(-asked.smallest())), context).stream()
                .map(f -> f.in(drops::relative))
                .toList(),
        drops.delays(quiet, perSeries, asked.seed()),
        asked.effects().map(of -> new EffectsWork(parts).of(of, campaign, metric, context)),
        asked.challenger() == Challenger.NONE
            ? Optional.empty()
            : Optional.of(new Challenging(view, later).challenge(context)));
  }

  /** Residuals of posts by models that had not seen them, from when the model was fitted. */
  private static List<Timed> quiet(ModelReport report) {
    return report.posts().stream()
        .filter(
            p ->
                p.fitted()
                    && p.time().isPresent()
                    && p.target().isPresent()
                    && p.predictedTarget().isPresent())
        .map(
            p ->
                new Timed(
                    p.time().orElseThrow(),
                    p.target().getAsDouble() - p.predictedTarget().getAsDouble()))
        .toList();
  }

  private static List<Watch> watches(List<Timed> quiet, LaterPosts later, double years, long seed) {
    List<Watch> watches = new ArrayList<>();
    List<Timed> fresh = later.residualsSinceFit();
    Watch.of(
            Watch.ERRORS,
            absolute(quiet),
            absolute(fresh),
            false,
            years,
            Seeds.derive(seed, "errors"))
        .ifPresent(watches::add);
    Watch.of(Watch.AUDIENCE, quiet, fresh, true, years, Seeds.derive(seed, "audience"))
        .ifPresent(watches::add);
    return watches;
  }

  private static List<Timed> absolute(List<Timed> values) {
    return values.stream().map(v -> new Timed(v.time(), Math.abs(v.value()))).toList();
  }
}
