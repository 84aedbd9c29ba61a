package dev.anvil.lab.scorecard;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.lab.scorecard.ScorecardPlan.World;
import dev.anvil.lab.scorecard.ScorecardSpec.Forced;
import dev.anvil.lab.scorecard.ScorecardSpec.Setting;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.stats.BenjaminiHochberg;
import dev.anvil.study.BiasCorrected;
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.ScoredStudy;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.tags.DoubleMl;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagEffect;
import dev.anvil.tags.TagEstimator;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets every method look for the effects of one world. */
final class Judging implements Scorecard.Judge {
  private static final double ALPHA = .05;

  /** Posts whose labels somebody looked up. */
  private static final int KNOWN = 300;

  private final Bench bench;
  private final WorldSpec base;
  private final Trainer trainer;
  private final ScorecardSpec spec;

  /** A judge of the worlds of a plan. */
  Judging(Bench bench, ScorecardPlan plan) {
    this.bench = requireNonNull(bench, "bench is null");
    this.spec = plan.spec();
    this.base = plan.world();
    this.trainer = plan.trainer();
  }

  /** Scores of all methods in one world. */
  @Override
  public List<Score> judge(World world, RunContext context) {
    Scenario scenario = world.scenario();
    long seed = world.seed();
    boolean slow = world.slow();
    Setting setting = spec.setting(scenario);
    SimulatedCampaign campaign =
        SimulatedCampaign.of(
            bench,
            base,
            setting.regressor().map(this::trainer).orElse(trainer),
            scenario,
            spec.shows(),
            setting.segmenter(),
            seed,
            context);
    Map<String, ScoredStudy> studies = new LinkedHashMap<>();
    for (String name : setting.studies().isEmpty() ? bench.studies().keySet() : setting.studies()) {
      PreparedStudy study = bench.studies().get(name);
      studies.put(
          name,
          study
              .relabelled((f, found) -> campaign.labels(f, found, setting.segmenter()))
              .score(campaign.fit().model(), campaign.posts(), context));
    }
    List<Score> scores = new ArrayList<>();
    studies.forEach(
        (name, judged) ->
            scores.addAll(
                edited(campaign, name, judged, slow && spec.calibrate().contains(name), context)));
    ScoredStudy first = studies.values().iterator().next();
    for (TagEstimator method :
        List.of(TagRegression.standard(), DoubleMl.standard(Seeds.derive(seed, "double ml")))) {
      scores.addAll(tagged(campaign, method, first, context));
    }
    if (slow) {
      scores.addAll(TextProbing.scores(campaign, first.spec(), bench.sentences(), context));
    }
    return scores;
  }

  private Trainer trainer(Forced regressor) {
    return switch (regressor) {
      case RIDGE -> Ridge.chosen();
      case TREES -> XgBoost.light(1, spec.seed());
    };
  }

  private static List<Score> edited(
      SimulatedCampaign campaign,
      String method,
      ScoredStudy judged,
      boolean calibrated,
      RunContext context) {
    float[][] embeddings = campaign.embeddings();
    StudySpec spec = judged.spec();
    List<Effect> effects = judged.effects();
    List<Score> scores = new ArrayList<>(scores(campaign, method, spec, effects, e -> true));
    Map<String, BiasCorrected> corrected = new LinkedHashMap<>();
    corrected.put(
        ", corrected by true tags", judged.correct(embeddings, campaign.tags(spec), context));
    corrected.put(
        ", corrected",
        judged.corrected(embeddings, judged.inferLabels(embeddings, context), context));
    corrected.put(
        ", corrected, %d known labels".formatted(KNOWN),
        judged.corrected(
            embeddings,
            judged.inferLabels(embeddings, campaign.known(spec, KNOWN), context),
            context));
    corrected.forEach(
        (how, found) ->
            scores.addAll(
                scores(
                    campaign,
                    method + how,
                    spec,
                    found.effects(),
                    // else the report says that it is the effect on predictions, and too small
                    e -> e.placebo() || found.factors().contains(e.factor()))));
    if (calibrated) {
      // a tag is known to whoever filled the feed
      for (Calibration c :
          judged.calibrate(
              embeddings,
              (post, factor, level) -> campaign.shows(post, factor.name(), level),
              1,
              context)) {
        Effect e = effects.stream().filter(c::isOf).findFirst().orElseThrow();
        scores.add(campaign.score(method + ", calibrated", spec, e, c.relative()));
      }
    }
    return scores;
  }

  private static List<Score> scores(
      SimulatedCampaign campaign,
      String method,
      StudySpec spec,
      List<Effect> effects,
      Predicate<Effect> answered) {
    return effects.stream()
        .map(
            e ->
                campaign.score(
                    method,
                    spec,
                    e,
                    Optional.of(e.relative())
                        .filter(r -> e.verdict() != Verdict.INVALID && answered.test(e))))
        .toList();
  }

  private static List<Score> tagged(
      SimulatedCampaign campaign, TagEstimator method, ScoredStudy judged, RunContext context) {
    StudySpec spec = judged.spec();
    List<TagContrast> contrasts = SimulatedCampaign.contrasts(spec);
    List<TagEffect> effects =
        method.estimate(
            TaggedPosts.of(
                campaign.fit().target(),
                campaign.tags(),
                campaign.fit().groups(),
                campaign.fit().fitRows()),
            contrasts,
            context);
    List<TagEffect> answered = effects.stream().filter(e -> e.estimate().isPresent()).toList();
    double[] adjusted =
        BenjaminiHochberg.adjust(
            answered.stream().mapToDouble(e -> e.estimate().orElseThrow().p()).toArray());
    List<Score> scores = new ArrayList<>();
    for (int c = 0; c < effects.size(); c++) {
      TagEffect e = effects.get(c);
      int rank = answered.indexOf(e);
      scores.add(
          campaign.score(
              method.name(),
              spec,
              contrasts.get(c),
              e.estimate().map(found -> judged.relative(e.column(), e.level(), found.target())),
              rank >= 0 && adjusted[rank] < ALPHA));
    }
    return scores;
  }
}
