package dev.anvil.engine.service;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.outcome.MonitorOutcome.DropDelay;
import dev.anvil.engine.outcome.MonitorOutcome.Kept;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.service.PromiseLog.Entry;
import dev.anvil.engine.service.PromiseLog.Promise;
import dev.anvil.monitor.Delay;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.PictureDrift;
import dev.anvil.monitor.PictureDrift.Shot;
import dev.anvil.monitor.Timed;
import dev.anvil.monitor.Watch;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.report.data.ModelReport;
import dev.anvil.report.data.ModelResult.Coverage;
import dev.anvil.stats.Intervals;
import dev.anvil.store.Run;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Watches a model over the posts that came after it was fitted (docs/monitoring.md). */
final class MonitorService implements Service<MonitorRequest, MonitorOutcome> {
  private static final double LEVEL = .95;
  private static final double MONTHS_PER_YEAR = 12;
  private static final List<Double> DROPS = List.of(.1, .2, .3);

  /** Promise, audience, pictures: what the false alarms are shared out to. */
  private static final int SERIES = 3;

  /** Pictures that are compared; the newest of those learned from. */
  private static final int MOST_PICTURES = 1000;

  private final Parts parts;

  MonitorService(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
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
    return Work.of(
        new MonitorRequest(Optional.of(fit.id()), asked.years(), asked.smallest(), asked.seed()),
        Optional.empty(),
        MonitorOutcome.class,
        (out, context) -> monitor(fit, asked, out.run(), context));
  }

  private MonitorOutcome monitor(Run fit, MonitorRequest asked, long run, RunContext context) {
    try (ModelView view = ModelView.open(parts, fit, Optional.empty())) {
      Campaign campaign = parts.campaign(Optional.of(view.campaign().name()));
      LaterPosts later = LaterPosts.of(view, campaign, context);
      ModelReport report = view.report();
      Optional<Coverage> coverage = report.model().coverage();
      List<Entry> entries = promised(fit.id(), later, coverage, context);
      List<String> notes = new ArrayList<>(later.notes());
      double perSeries = SERIES * asked.years();
      List<Timed> quiet = quiet(report);
      List<Watch> watches = watches(quiet, later, perSeries, asked.seed(), notes);
      Optional<PictureDrift> pictures = pictures(view, later, asked.seed(), context, notes);
      boolean otherPictures =
          pictures.filter(p -> p.p() <= 1 / (MONTHS_PER_YEAR * perSeries)).isPresent();
      List<Fatigue> fatigue =
          new Tiring(view, report, later).of(bound(later, asked.smallest()), context);
      MonitorOutcome outcome =
          new MonitorOutcome(
              run,
              fit.id(),
              view.model().description().metric(),
              asked.years(),
              new MonitorOutcome.LaterPosts(
                  later.posts().size(), later.mature(), later.posts().size() - later.mature()),
              kept(entries, later, coverage, e -> !e.promise().known()),
              kept(entries, later, coverage, e -> e.promise().known()),
              watches,
              pictures,
              otherPictures ? names(pictures.orElseThrow(), later) : List.of(),
              fatigue,
              delays(quiet, later, perSeries, asked.seed()),
              List.of(),
              notes);
      return MonitorWords.advised(outcome);
    }
  }

  /** Predicts what was not predicted before; all predictions there are. */
  private List<Entry> promised(
      long fit, LaterPosts later, Optional<Coverage> coverage, RunContext context) {
    PromiseLog log = new PromiseLog(parts.stores().results(), fit);
    List<Entry> entries = log.entries();
    Set<String> there = new HashSet<>();
    entries.forEach(e -> there.add(e.promise().post() + " " + e.promise().creative()));
    List<Promise> fresh = new ArrayList<>();
    for (int i = 0; i < later.posts().size(); i++) {
      Post post = later.posts().get(i);
      if (there.add(post.id() + " " + post.creative())) {
        fresh.add(
            new Promise(
                post.id(),
                post.creative(),
                context.clock().instant(),
                later.residual(i).isPresent(),
                later.predicted()[i],
                coverage.map(Coverage::halfWidth)));
      }
    }
    return log.add(entries, fresh);
  }

  private static Optional<Kept> kept(
      List<Entry> entries, LaterPosts later, Optional<Coverage> coverage, Predicate<Entry> which) {
    Map<String, Integer> rows = later.rows();
    int held = 0;
    int posts = 0;
    for (Entry entry : entries) {
      Promise promise = entry.promise();
      Optional<Integer> row =
          Optional.ofNullable(rows.get(promise.post()))
              .filter(r -> later.posts().get(r).creative().equals(promise.creative()))
              .filter(r -> later.residual(r).isPresent());
      if (which.test(entry) && row.isPresent() && promise.halfWidth().isPresent()) {
        double error = Math.abs(later.targets()[row.get()] - promise.target());
        held += error <= promise.halfWidth().get() ? 1 : 0;
        posts++;
      }
    }
    return posts == 0
        ? Optional.empty()
        : Optional.of(
            new Kept(coverage.orElseThrow().aim(), Intervals.share(held, posts, LEVEL), posts));
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

  private static List<Watch> watches(
      List<Timed> quiet, LaterPosts later, double years, long seed, List<String> notes) {
    List<Watch> watches = new ArrayList<>();
    List<Timed> fresh = later.residualsSinceFit();
    Watch.of(
            "size of the errors",
            absolute(quiet),
            absolute(fresh),
            false,
            years,
            Seeds.derive(seed, "errors"))
        .ifPresent(watches::add);
    Watch.of("audience", quiet, fresh, true, years, Seeds.derive(seed, "audience"))
        .ifPresent(watches::add);
    if (watches.isEmpty()) {
      notes.add(
          "Too little time was learned from to watch errors and audience: expected posts in %d weeks or more."
              .formatted(Watch.LEAST_QUIET));
    }
    return watches;
  }

  private static List<Timed> absolute(List<Timed> values) {
    return values.stream().map(v -> new Timed(v.time(), Math.abs(v.value()))).toList();
  }

  private static Optional<PictureDrift> pictures(
      ModelView view, LaterPosts later, long seed, RunContext context, List<String> notes) {
    List<Post> learned = view.learned();
    List<Post> newest =
        learned.subList(Math.max(0, learned.size() - MOST_PICTURES), learned.size());
    Map<String, Integer> groups = view.model().description().groups();
    List<Shot> shots = new ArrayList<>();
    int other = groups.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int i = 0; i < later.posts().size(); i++) {
      Post post = later.posts().get(i);
      shots.add(new Shot(later.embeddings()[i], post.time().orElseThrow(), ++other, true));
    }
    float[][] embeddings = view.posts(context).encode(newest, context);
    for (int i = 0; i < newest.size(); i++) {
      Post post = newest.get(i);
      shots.add(new Shot(embeddings[i], post.time().orElseThrow(), groups.get(post.id()), false));
    }
    Optional<PictureDrift> drift = PictureDrift.of(shots, seed);
    if (drift.isEmpty() && !later.posts().isEmpty()) {
      notes.add(
          "Pictures of fewer than twelve months were learned from: nothing is said of whether pictures changed.");
    }
    return drift;
  }

  private static List<String> names(PictureDrift drift, LaterPosts later) {
    return drift.unlike().stream()
        .map(row -> later.posts().get(row).picture().getFileName().toString())
        .toList();
  }

  /** A relative change of the metric at the end of the campaign, as a shift of the target. */
  private static double shift(LaterPosts later, double relative) {
    TargetTransform transform = later.transform();
    Optional<LocalDateTime> end =
        later.posts().isEmpty()
            ? transform.state().end()
            : later.posts().get(later.posts().size() - 1).time();
    double low = -8;
    double high = 8;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (transform.ratio(end, 0, middle).orElse(0) < relative) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double bound(LaterPosts later, double relative) {
    return Math.abs(shift(later, -relative));
  }

  private static List<DropDelay> delays(
      List<Timed> quiet, LaterPosts later, double years, long seed) {
    if (quiet.size() < Watch.LEAST_QUIET) {
      return List.of();
    }
    return DROPS.stream()
        .map(drop -> new DropDelay(drop, Delay.of(quiet, shift(later, -drop), true, years, seed)))
        .toList();
  }
}
