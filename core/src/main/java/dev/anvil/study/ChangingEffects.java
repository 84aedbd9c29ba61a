package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.monitor.EffectHistory;
import dev.anvil.monitor.EffectHistory.Point;
import dev.anvil.monitor.EffectPeriod;
import dev.anvil.monitor.EffectsOverTime.Refused;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.study.effect.Effect;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The effects of a study in each of several periods, by a model of the period's posts alone. Posts
 * before a period are history: they say what was usual then, and are not fitted to.
 *
 * @param periods that effects could be estimated in
 * @param refused the others, and why
 * @param effects one per contrast
 */
public record ChangingEffects(
    List<EffectPeriod> periods, List<Refused> refused, List<EffectHistory> effects) {
  public ChangingEffects {
    periods = List.copyOf(periods);
    refused = List.copyOf(refused);
    effects = List.copyOf(effects);
  }

  /**
   * Estimates them.
   *
   * @param posts oldest first, all with times
   * @param request how models are fitted; from when is that of each period
   */
  public static ChangingEffects of(
      StudyOnPosts posts,
      ModelFitter.Request request,
      List<EffectPeriod> periods,
      RunContext context) {
    requireNonNull(request, "request is null");
    List<EffectPeriod> done = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    Map<Contrast, List<Point>> points = new LinkedHashMap<>();
    try (Phase phase = context.start("effects over time", periods.size())) {
      for (EffectPeriod period : periods) {
        try {
          in(period, posts, request, phase.context())
              .forEach((c, p) -> points.computeIfAbsent(c, k -> new ArrayList<>()).add(p));
          done.add(period);
        } catch (InvalidInputException e) {
          refused.add(new Refused(period.name(), e.getMessage()));
        }
        phase.step(1);
      }
    }
    List<EffectHistory> histories = new ArrayList<>();
    points.forEach(
        (c, p) -> histories.add(EffectHistory.of(c.factor(), c.level(), c.reference(), p)));
    return new ChangingEffects(done, refused, EffectHistory.judged(histories));
  }

  private record Contrast(String factor, String level, String reference) {}

  private static Map<Contrast, Point> in(
      EffectPeriod period, StudyOnPosts posts, ModelFitter.Request request, RunContext context) {
    if (!period.isEnough()) {
      throw new InvalidInputException(
          period.name(),
          "found %d posts to learn from; expected at least %d"
              .formatted(period.posts(), EffectPeriod.LEAST_POSTS));
    }
    LocalDateTime end = period.end().atStartOfDay();
    List<Post> all = posts.data().posts();
    StudyOnPosts until =
        posts.select(
            IntStream.range(0, all.size())
                .filter(i -> all.get(i).time().orElseThrow().isBefore(end))
                .toArray());
    try (FittedModel model = until.fit(request.since(period.first().atStartOfDay()), context)) {
      BiasCorrected found = until.corrected(model, post -> within(period, post), context);
      Map<Contrast, Point> points = new LinkedHashMap<>();
      for (Effect e : found.effects()) {
        if (!e.placebo()) {
          points.put(
              new Contrast(e.factor(), e.level(), e.reference()),
              new Point(period.name(), e.relative(), found.factors().contains(e.factor())));
        }
      }
      return points;
    }
  }

  /** A post as if it had been published in a period, on the same day of the week. */
  private static Post within(EffectPeriod period, Post post) {
    LocalDate middle =
        period.first().plusDays(ChronoUnit.DAYS.between(period.first(), period.end()) / 2);
    long weeks = ChronoUnit.WEEKS.between(post.time().orElseThrow().toLocalDate(), middle);
    return new Post(
        post.id(),
        post.creative(),
        post.picture(),
        post.time().map(t -> t.plusWeeks(weeks)),
        post.metrics(),
        post.metadata());
  }
}
