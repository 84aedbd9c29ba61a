package dev.anvil.report.section;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Skill;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.spec.StudySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The main result in plain words: a headline, a few sentences and what they mean. */
public final class Headline {
  private static final int NAMED = 6;

  private final ReportData data;

  public Headline(ReportData data) {
    this.data = data;
  }

  /** That the model explains nothing, else the largest effect, or that there is none. */
  public String headline() {
    return unshown()
        .map(skill -> Skill.headline(data.heading().metric()))
        .orElseGet(this::ofEffects);
  }

  /** The skill of a model that is not shown to explain anything. */
  private Optional<Skill> unshown() {
    return data.model().flatMap(ModelResult::skill).filter(skill -> !skill.shows());
  }

  private String ofEffects() {
    return lead()
        .map(this::comparison)
        .orElseGet(
            () ->
                data.effects().isEmpty()
                    ? "How well pictures predict " + data.heading().metric()
                    : "No change to the pictures has a resolved effect on "
                        + data.heading().metric());
  }

  /** How sure the headline is, and the largest loss. */
  public List<String> findings() {
    List<String> sentences = new ArrayList<>();
    if (unshown().isPresent()) {
      sentences.add(unshown().get().sentence());
      lead()
          .ifPresent(found -> sentences.add("What posts with the level show: " + sentence(found)));
      return sentences;
    }
    lead()
        .map(found -> found.result().effect().relative())
        .ifPresent(
            relative ->
                sentences.add(
                    "The %s interval is %s.".formatted(Words.level(relative), ends(relative))));
    if (largest(Verdict.HELPS).isPresent()) {
      largest(Verdict.HURTS).ifPresent(found -> sentences.add(sentence(found)));
    }
    return sentences;
  }

  /** What else was tested, and what was not resolved. */
  public List<String> summary() {
    List<String> sentences = new ArrayList<>();
    if (!data.effects().isEmpty()) {
      sentences.add(tally());
    }
    List<String> open =
        with(Verdict.NOT_RESOLVED).map(result -> Words.small(result.phrase())).toList();
    if (!open.isEmpty()) {
      sentences.add(
          "Not resolved (the data support neither an effect nor its absence): %s."
              .formatted(
                  open.size() <= NAMED
                      ? Words.list(open)
                      : String.join(", ", open.subList(0, NAMED))
                          + " and %d more".formatted(open.size() - NAMED)));
    }
    return sentences;
  }

  /** What the estimate is an estimate of. */
  public String meaning() {
    return """
    These are effects on predicted %s: how a model trained on this audience responds when one \
    element of a picture changes and everything else stays the same. Only a randomised live test \
    of both versions can measure the effect on the audience itself."""
        .formatted(data.heading().metric());
  }

  /** "Red cars get about 21 % more likes". */
  String claim(EffectResult result) {
    Interval relative = result.effect().relative();
    Heading heading = data.heading();
    String size = Words.percent(relative.point());
    boolean gain = relative.point() >= 0;
    return heading.rate()
        ? "%s have a %s about %s %s"
            .formatted(result.phrase(), heading.metric(), size, gain ? "higher" : "lower")
        : "%s get about %s %s %s"
            .formatted(result.phrase(), size, gain ? "more" : "fewer", heading.metric());
  }

  private String sentence(Found found) {
    Interval relative = found.result().effect().relative();
    return "%s (%s interval %s)."
        .formatted(comparison(found), Words.level(relative), ends(relative));
  }

  private String comparison(Found found) {
    Effect effect = found.result().effect();
    String control = found.factor().control();
    if (effect.reference().equals(StudySpec.SUM)) {
      return claim(found.result()) + " than the sum of the single changes";
    }
    String against =
        Set.of(StudySpec.CONTROL, StudySpec.AVERAGE, control).contains(effect.reference())
            ? control
            : Words.having(effect.factor(), effect.reference());
    return "%s than the same pictures with %s".formatted(claim(found.result()), against);
  }

  /** Both ends of an interval from small to large, with signs only where they differ. */
  private static String ends(Interval relative) {
    if (relative.low() >= 0) {
      return Words.percent(relative.low()) + " to " + Words.percent(relative.high());
    }
    if (relative.high() <= 0) {
      return Words.percent(relative.high()) + " to " + Words.percent(relative.low());
    }
    return Words.range(relative);
  }

  private String tally() {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      int n = (int) with(verdict).count();
      if (n > 0) {
        parts.add(n + " " + words(verdict, n));
      }
    }
    int n = data.effects().size();
    return "Of %d %s tested, %s.".formatted(n, n == 1 ? "change" : "changes", Words.list(parts));
  }

  private String words(Verdict verdict, int n) {
    boolean one = n == 1;
    return switch (verdict) {
      case HELPS -> one ? "helps" : "help";
      case HURTS -> one ? "hurts" : "hurt";
      case NO_PRACTICAL_EFFECT ->
          (one ? "makes" : "make")
              + " no practical difference (less than %s either way)"
                  .formatted(Words.percent(data.heading().smallestEffect()));
      case NOT_RESOLVED -> (one ? "is" : "are") + " not resolved";
      case INVALID ->
          (one ? "is" : "are")
              + " invalid, because fewer than %d creatives have variants that passed their checks"
                  .formatted(EstimationSettings.DEFAULT.minimumSources());
    };
  }

  private Stream<EffectResult> with(Verdict verdict) {
    return data.effects().stream().filter(result -> result.effect().verdict() == verdict);
  }

  private Optional<Found> lead() {
    return largest(Verdict.HELPS).or(() -> largest(Verdict.HURTS));
  }

  private Optional<Found> largest(Verdict verdict) {
    return data.factors().stream()
        .flatMap(factor -> factor.effects().stream().map(result -> new Found(factor, result)))
        .filter(found -> found.result().effect().verdict() == verdict)
        .max(
            Comparator.comparingDouble(
                found -> Headline.atLeast(found.result().effect().relative())));
  }

  /** How large it is at the least: a large point with a wide interval is no headline. */
  private static double atLeast(Interval relative) {
    return Math.min(Math.abs(relative.low()), Math.abs(relative.high()));
  }

  private record Found(FactorResult factor, EffectResult result) {}
}
