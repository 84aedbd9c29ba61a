package dev.anvil.lab.scorecard;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.Scenario.Level;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.World.SimulatedPost;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TagContrast;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The posts that a world gave likes to, the model that learned from them, and the truth.
 *
 * @param seed of the world
 * @param scenes by the id of their posts
 * @param embeddings one row per post
 * @param shown what each post truly shows, one column per column of the scenes
 */
record SimulatedCampaign(
    Scenario scenario,
    long seed,
    Truth truth,
    Map<String, Scene> scenes,
    List<Post> posts,
    float[][] embeddings,
    List<TagColumn> shown,
    Fit fit) {
  private static final String METRIC = "likes";

  /** Between the id of a post and how often its picture has been posted, where more than once. */
  private static final String AGAIN = "#";

  private static final List<String> PUBLISHED = List.of("channel", "country");

  /**
   * Draws likes and learns from them.
   *
   * @param base world that the scenario varies
   * @param shows what scenes call levels of studies, where they call them otherwise
   * @param segmenter errors beyond those that it made
   */
  static SimulatedCampaign of(
      Bench bench,
      WorldSpec base,
      Trainer trainer,
      Scenario scenario,
      Map<String, Map<String, Level>> shows,
      Optional<SegmenterErrors> segmenter,
      long seed,
      RunContext context) {
    World world = new World(scenario.world(base, seed));
    List<SimulatedPost> drawn = world.draw(List.copyOf(bench.scenes().values()), seed, scenario);
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < bench.posts().size(); i++) {
      place.put(bench.posts().get(i).id(), i);
    }
    List<Post> posts = new ArrayList<>();
    Map<String, Scene> scenes = new HashMap<>();
    float[][] embeddings = new float[drawn.size()][];
    long[] hashes = new long[drawn.size()];
    for (int i = 0; i < drawn.size(); i++) {
      SimulatedPost d = drawn.get(i);
      int at = place.get(d.scene().id());
      Post post = bench.posts().get(at);
      String id = d.times() == 0 ? post.id() : post.id() + AGAIN + (d.times() + 1);
      scenes.put(id, d.scene());
      posts.add(
          new Post(
              id,
              post.creative(),
              post.picture(),
              d.time(),
              Map.of(METRIC, (double) d.likes()),
              Map.of("channel", d.channel(), "country", d.country())));
      embeddings[i] = bench.embeddings()[at];
      hashes[i] = bench.hashes()[at];
    }
    float[][] seen =
        segmenter
            .map(errors -> errors.embeddings(posts, embeddings, bench.blocks(), seed))
            .orElse(embeddings);
    Fit fit =
        ModelFitter.fit(
            new ModelFitter.Request(
                METRIC,
                MetricKind.COUNT,
                Optional.of(base.levelsOff().atStartOfDay()),
                FeatureSpec.recognised(posts),
                trainer,
                RefitDesign.Plan.standard(trainer, seed)),
            new ModelFitter.Data(
                posts,
                seen,
                bench.blocks(),
                hashes,
                bench.encoder(),
                bench.encoder(),
                bench.subject(),
                bench.nuisance()),
            context);
    List<TagColumn> shown =
        base.effects().keySet().stream()
            .map(
                factor ->
                    new TagColumn(
                        factor,
                        posts.stream().map(p -> scenes.get(p.id()).levels().get(factor)).toList()))
            .toList();
    return new SimulatedCampaign(
        scenario,
        seed,
        new Truth(world, scenario, bench.scenes(), shows),
        scenes,
        posts,
        seen,
        shown,
        fit);
  }

  /** Labels of a study's rules, as posts that are posted again and a worse segmenter have them. */
  RuleLabels labels(Factor factor, RuleLabels found, Optional<SegmenterErrors> segmenter) {
    Map<String, String> all = new HashMap<>();
    scenes.forEach((post, scene) -> all.put(post, found.posts().get(scene.id())));
    RuleLabels ours = new RuleLabels(all, found.variants(), found.stated());
    return segmenter.map(errors -> errors.labels(factor, ours, posts, seed)).orElse(ours);
  }

  /** Whether a post's picture truly shows a level of a study. */
  boolean shows(Post post, String factor, String level) {
    Level shown = truth.level(factor, level);
    return shown.level().equals(scenes.get(post.id()).levels().get(shown.factor()));
  }

  /** What posts show, and where they were published. */
  List<TagColumn> tags() {
    return Stream.concat(
            shown.stream(),
            PUBLISHED.stream()
                .map(c -> new TagColumn(c, posts.stream().map(p -> p.metadata().get(c)).toList())))
        .toList();
  }

  /** The same, with what posts show of factors that are no columns of the scenes. */
  List<TagColumn> tags(StudySpec study) {
    return Stream.concat(others(study), tags().stream()).toList();
  }

  /** Columns of factors that scenes call otherwise; posts that show no level have no value. */
  private Stream<TagColumn> others(StudySpec study) {
    return study.factors().stream()
        .filter(factor -> truth.shows().containsKey(factor.name()))
        .map(
            factor ->
                new TagColumn(
                    factor.name(),
                    posts.stream()
                        .map(
                            post ->
                                factor.levels().keySet().stream()
                                    .filter(level -> shows(post, factor.name(), level))
                                    .findFirst()
                                    .orElse(""))
                        .toList()));
  }

  /** What some posts, drawn at random, truly show. */
  KnownLabels known(StudySpec study, int count) {
    Map<String, Set<String>> levels =
        study.factors().stream()
            .collect(Collectors.toMap(StudySpec.Factor::name, factor -> factor.levels().keySet()));
    List<Integer> drawn = new ArrayList<>(IntStream.of(fit.fitRows()).boxed().toList());
    Collections.shuffle(drawn, new Random(Seeds.derive(seed, "known labels")));
    List<Integer> some = drawn.subList(0, Math.min(count, drawn.size()));
    return new KnownLabels(
        Stream.concat(others(study), shown.stream())
            .collect(
                Collectors.toMap(
                    TagColumn::name,
                    column ->
                        some.stream()
                            .collect(
                                Collectors.toMap(
                                    i -> posts.get(i).id(),
                                    i ->
                                        levels
                                                .getOrDefault(column.name(), Set.of())
                                                .contains(column.values().get(i))
                                            ? column.values().get(i)
                                            : KnownLabels.OTHER)))));
  }

  /**
   * What a method says of a study's effect.
   *
   * @param relative empty where it refuses
   */
  Score score(String method, StudySpec spec, Effect effect, Optional<Interval> relative) {
    return Score.of(
        scenario.name(),
        seed,
        method,
        effect.factor(),
        effect.level(),
        effect.placebo(),
        truth.of(effect, spec),
        relative,
        relative.isPresent() && effect.verdict().claims());
  }

  /** What a method that edits nothing says of the same contrast. */
  Score score(
      String method,
      StudySpec spec,
      TagContrast contrast,
      Optional<Interval> relative,
      boolean claimed) {
    return Score.of(
        scenario.name(),
        seed,
        method,
        contrast.column(),
        contrast.level(),
        false,
        truth.of(contrast.column(), contrast.level(), contrast.reference(), spec),
        relative,
        claimed);
  }

  /** The contrasts of a study's factors. */
  static List<TagContrast> contrasts(StudySpec spec) {
    List<TagContrast> contrasts = new ArrayList<>();
    for (StudySpec.Factor factor : spec.factors()) {
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
}
