package dev.anvil.scorecard;

import static java.util.Objects.requireNonNull;

import dev.anvil.Progress;
import dev.anvil.Seeds;
import dev.anvil.ask.Answer;
import dev.anvil.ask.Asking;
import dev.anvil.ask.Asking.Limits;
import dev.anvil.ask.Question;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.RefitDesign;
import dev.anvil.predict.TargetKind;
import dev.anvil.predict.Trainer;
import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.World.SimulatedPost;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.stats.BenjaminiHochberg;
import dev.anvil.stats.Interval;
import dev.anvil.study.Calibration;
import dev.anvil.study.Effect;
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.PreparedStudy.Judged;
import dev.anvil.study.StudySpec;
import dev.anvil.study.StudySpec.Factor;
import dev.anvil.study.Verdict;
import dev.anvil.tags.DoubleMl;
import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagEffect;
import dev.anvil.tags.TagEstimator;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets every method look for the effects of one world. */
public final class Judging {
  private static final String METRIC = "likes";
  private static final String WORDS = "text probing";
  private static final double ALPHA = .05;

  private final Bench bench;
  private final WorldSpec base;
  private final Trainer trainer;
  private final Set<String> calibrates;

  /**
   * A judge.
   *
   * @param base world that scenarios vary
   * @param trainer of the regressors that score variants
   * @param calibrates studies that are calibrated by planting too, which takes half a minute
   */
  public Judging(Bench bench, WorldSpec base, Trainer trainer, Set<String> calibrates) {
    this.calibrates = Set.copyOf(calibrates);
    this.bench = requireNonNull(bench, "bench is null");
    this.base = requireNonNull(base, "base is null");
    this.trainer = requireNonNull(trainer, "trainer is null");
  }

  /**
   * Scores of all methods in one world.
   *
   * @param slow whether calibration and text probing take part
   */
  public List<Score> judge(Scenario scenario, long seed, boolean slow) {
    World world = new World(scenario.world(base, seed));
    Truth truth = new Truth(world);
    List<SimulatedPost> drawn = world.draw(List.copyOf(bench.scenes().values()), seed, scenario);
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < bench.posts().size(); i++) {
      place.put(bench.posts().get(i).id(), i);
    }
    List<Post> posts = new ArrayList<>();
    float[][] embeddings = new float[drawn.size()][];
    long[] hashes = new long[drawn.size()];
    for (int i = 0; i < drawn.size(); i++) {
      SimulatedPost d = drawn.get(i);
      int at = place.get(d.scene().id());
      Post post = bench.posts().get(at);
      posts.add(
          new Post(
              post.id(),
              post.creative(),
              post.picture(),
              d.time(),
              Map.of(METRIC, (double) d.likes()),
              Map.of("channel", d.channel(), "country", d.country())));
      embeddings[i] = bench.embeddings()[at];
      hashes[i] = bench.hashes()[at];
    }
    Fit fit = fit(posts, embeddings, hashes, seed);
    List<TagColumn> tags = tags(posts);
    List<Score> scores = new ArrayList<>();
    Map<String, Judged> byStudy = new LinkedHashMap<>();
    bench.studies().forEach((name, study) -> byStudy.put(name, study.judge(fit.model(), posts)));
    for (Map.Entry<String, PreparedStudy> entry : bench.studies().entrySet()) {
      Judged judged = byStudy.get(entry.getKey());
      List<Effect> effects = judged.effects();
      String method = entry.getKey();
      Map<String, List<Effect>> corrected = new LinkedHashMap<>();
      for (Effect e : effects) {
        scores.add(
            score(
                scenario,
                seed,
                method,
                e,
                truth.of(e, entry.getValue().spec()),
                Optional.of(e.relative())));
      }
      corrected.put(
          method + ", corrected by true tags", judged.correct(embeddings, tags).effects());
      corrected.put(
          method + ", corrected", judged.corrected(embeddings, judged.found(embeddings)).effects());
      for (Map.Entry<String, List<Effect>> by : corrected.entrySet()) {
        for (Effect e : by.getValue()) {
          scores.add(
              score(
                  scenario,
                  seed,
                  by.getKey(),
                  e,
                  truth.of(e, entry.getValue().spec()),
                  e.verdict() == Verdict.INVALID ? Optional.empty() : Optional.of(e.relative())));
        }
      }
      if (slow && calibrates.contains(method)) {
        for (Calibration c : judged.calibrate(embeddings, this::shows, 1, Progress.NONE)) {
          Effect e = effects.stream().filter(c::isOf).findFirst().orElseThrow();
          scores.add(
              score(
                  scenario,
                  seed,
                  method + ", calibrated",
                  e,
                  truth.of(e, entry.getValue().spec()),
                  c.relative()));
        }
      }
    }
    Map.Entry<String, Judged> first = byStudy.entrySet().iterator().next();
    StudySpec spec = bench.studies().get(first.getKey()).spec();
    for (TagEstimator method :
        List.of(TagRegression.standard(), DoubleMl.standard(Seeds.derive(seed, "double ml")))) {
      scores.addAll(tagged(scenario, seed, method, fit, tags, spec, first.getValue(), truth));
    }
    if (slow) {
      scores.addAll(asked(scenario, seed, fit, posts, embeddings, spec, truth));
    }
    return scores;
  }

  /** Text probing: the phrases of the levels, by an alignment learned from the tags in words. */
  private List<Score> asked(
      Scenario scenario,
      long seed,
      Fit fit,
      List<Post> posts,
      float[][] embeddings,
      StudySpec spec,
      Truth truth) {
    List<String> sentences =
        posts.stream()
            .map(
                p ->
                    base.effects().keySet().stream()
                        .map(factor -> factor + " " + tag(p, factor))
                        .collect(Collectors.joining(", ")))
            .toList();
    List<TagContrast> contrasts = contrasts(spec);
    List<Question> questions =
        contrasts.stream()
            .map(
                c ->
                    new Question(
                        phrase(spec, c.column(), c.level()),
                        c.against().stream().map(l -> phrase(spec, c.column(), l)).toList()))
            .toList();
    List<Answer> answers =
        Asking.learned(fit.model(), posts, embeddings, sentences, bench.sentences())
            .ask(questions, Limits.STANDARD, Progress.NONE);
    List<Score> scores = new ArrayList<>();
    for (int c = 0; c < contrasts.size(); c++) {
      TagContrast contrast = contrasts.get(c);
      Optional<Effect> effect = answers.get(c).effect();
      scores.add(
          Score.of(
              scenario.name(),
              seed,
              WORDS,
              contrast.column(),
              contrast.level(),
              false,
              truth.of(contrast.column(), contrast.level(), contrast.reference(), spec),
              effect.map(Effect::relative),
              effect.filter(Judging::claims).isPresent()));
    }
    return scores;
  }

  private static String phrase(StudySpec spec, String factor, String level) {
    return spec.factors().stream()
        .filter(f -> f.name().equals(factor))
        .map(f -> f.phrase().replace(StudySpec.LEVEL, level))
        .findFirst()
        .orElseThrow();
  }

  private static boolean claims(Effect effect) {
    return effect.verdict() == Verdict.HELPS || effect.verdict() == Verdict.HURTS;
  }

  private Fit fit(List<Post> posts, float[][] embeddings, long[] hashes, long seed) {
    return ModelFitter.fit(
        new ModelFitter.Request(
            METRIC,
            TargetKind.COUNT,
            Optional.of(base.levelsOff().atStartOfDay()),
            FeatureSpec.recognised(posts),
            trainer,
            RefitDesign.Plan.standard(trainer, seed)),
        new ModelFitter.Data(
            posts,
            embeddings,
            bench.blocks(),
            hashes,
            bench.encoder(),
            bench.encoder(),
            bench.mainElement(),
            bench.nuisance()),
        Progress.NONE);
  }

  /** A tag is known to whoever filled the feed; people at different places share one. */
  private boolean shows(Post post, Factor factor, String level) {
    return level.equals(tag(post, factor.name()));
  }

  private String tag(Post post, String factor) {
    Scene scene = bench.scenes().get(post.id());
    return scene.levels().get(factor);
  }

  private static Score score(
      Scenario scenario,
      long seed,
      String method,
      Effect e,
      double truth,
      Optional<Interval> relative) {
    return Score.of(
        scenario.name(),
        seed,
        method,
        e.factor(),
        e.level(),
        e.placebo(),
        truth,
        relative,
        claims(e));
  }

  /** What posts show, and where they were published. */
  private List<TagColumn> tags(List<Post> posts) {
    return with(
        base.effects().keySet().stream()
            .map(f -> new TagColumn(f, posts.stream().map(p -> tag(p, f)).toList()))
            .toList(),
        published(posts));
  }

  private static List<TagColumn> published(List<Post> posts) {
    return Stream.of("channel", "country")
        .map(c -> new TagColumn(c, posts.stream().map(p -> p.metadata().get(c)).toList()))
        .toList();
  }

  private static List<TagColumn> with(List<TagColumn> first, List<TagColumn> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static List<TagContrast> contrasts(StudySpec spec) {
    List<TagContrast> contrasts = new ArrayList<>();
    for (Factor factor : spec.factors()) {
      List<String> levels = List.copyOf(factor.levels().keySet());
      if (factor.reference().equals(StudySpec.AVERAGE)) {
        contrasts.addAll(TagContrast.againstAverage(factor.name(), levels));
      } else {
        levels.stream()
            .filter(l -> !l.equals(factor.reference()))
            .forEach(l -> contrasts.add(TagContrast.of(factor.name(), l, factor.reference())));
      }
    }
    return contrasts;
  }

  private List<Score> tagged(
      Scenario scenario,
      long seed,
      TagEstimator method,
      Fit fit,
      List<TagColumn> columns,
      StudySpec spec,
      Judged judged,
      Truth truth) {
    List<TagEffect> effects =
        method.estimate(
            TaggedPosts.of(fit.target(), columns, fit.groups(), fit.fitRows()), contrasts(spec));
    List<TagEffect> answered = effects.stream().filter(e -> e.estimate().isPresent()).toList();
    double[] adjusted =
        BenjaminiHochberg.adjust(
            answered.stream().mapToDouble(e -> e.estimate().orElseThrow().p()).toArray());
    List<Score> scores = new ArrayList<>();
    for (TagEffect e : effects) {
      int rank = answered.indexOf(e);
      scores.add(
          Score.of(
              scenario.name(),
              seed,
              method.name(),
              e.column(),
              e.level(),
              false,
              truth.of(e.column(), e.level(), e.reference(), spec),
              e.estimate().map(found -> judged.relative(e.column(), e.level(), found.target())),
              rank >= 0 && adjusted[rank] < ALPHA));
    }
    return scores;
  }
}
