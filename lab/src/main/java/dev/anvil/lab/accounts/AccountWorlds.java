package dev.anvil.lab.accounts;

import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.image.Mask;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.segment.Subject;
import dev.anvil.stats.Interval;
import dev.anvil.study.BiasCorrected;
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.ScoredStudy;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.spec.StudySpec.Sources;
import dev.anvil.study.variant.VariantStudio.Check;
import dev.anvil.tags.TagColumn;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits and studies simulated campaigns of several accounts twice: relative to accounts, and pooled
 * as if all posts were of one. Everything but the pictures is what {@code anvil fit} and {@code
 * anvil study} do.
 */
public final class AccountWorlds {
  private static final int SOURCES_OF_EACH = 4;

  private AccountWorlds() {}

  /**
   * A contrast in a world.
   *
   * @param method {@value #WITHIN} or {@value #POOLED}
   * @param truth in accounts in general, as a ratio minus one
   * @param estimate with a 95 % interval
   * @param claimed whether an effect of known sign was claimed
   * @param newAccount where the effect in a new account is expected
   * @param inNewAccount what it is in one that was not posted from
   */
  public record Found(
      String method,
      String factor,
      String level,
      double truth,
      Interval estimate,
      boolean claimed,
      Optional<Interval> newAccount,
      double inNewAccount) {}

  static final String WITHIN = "within accounts";
  static final String POOLED = "pooled";

  /** Contrasts of all worlds. */
  public static List<Found> run(int worlds, long seed, int threads, RunContext context) {
    return Parallel.map(
            "worlds",
            IntStream.range(0, worlds).boxed().toList(),
            threads,
            context,
            (k, step) -> of(new AccountWorld(Seeds.derive(seed, "accounts", k)), step))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Found> of(AccountWorld world, RunContext context) {
    List<Found> found = new ArrayList<>();
    found.addAll(of(WITHIN, world, Optional.of(AccountWorld.ACCOUNT), context));
    found.addAll(of(POOLED, world, Optional.empty(), context));
    return found;
  }

  static List<Found> of(
      String method, AccountWorld world, Optional<String> group, RunContext context) {
    try (FittedModel model = fit(world, group, context)) {
      ScoredStudy scored =
          PreparedStudy.of(pictures(world, model)).score(model, world.posts(), context);
      BiasCorrected corrected = scored.correct(world.embeddings(), tags(world), context);
      List<Effect> effects = corrected.effects();
      List<Found> found = new ArrayList<>();
      for (Effect effect : effects) {
        found.add(
            new Found(
                method,
                effect.factor(),
                effect.level(),
                AccountWorld.truth(effect.factor(), effect.level()),
                effect.relative(),
                effect.verdict().claims(),
                corrected.accounts().stream()
                    .filter(a -> a.factor().equals(effect.factor()))
                    .filter(a -> a.level().equals(effect.level()))
                    .flatMap(a -> a.general().stream())
                    .map(AccountEffects.General::newAccount)
                    .findFirst(),
                world.inNewAccount(effect.factor(), effect.level())));
      }
      return found;
    }
  }

  private static FittedModel fit(AccountWorld world, Optional<String> group, RunContext context) {
    SplittableRandom random = Seeds.random(world.seed(), "hashes");
    Trainer trainer = Ridge.chosen();
    return ModelFitter.fit(
            new ModelFitter.Request(
                AccountWorld.METRIC,
                MetricKind.COUNT,
                Optional.of(LocalDateTime.of(2021, 1, 1, 0, 0)),
                List.of(),
                trainer,
                RefitDesign.Plan.standard(trainer, world.seed()),
                group),
            new ModelFitter.Data(
                world.posts(),
                world.embeddings(),
                List.of(new Block("whole", AccountWorld.DIMENSION)),
                world.posts().stream().mapToLong(p -> random.nextLong()).toArray(),
                "simulated",
                "simulated",
                Subject.of("car"),
                Optional.empty()),
            context)
        .model();
  }

  private static List<TagColumn> tags(AccountWorld world) {
    return AccountWorld.EFFECTS.keySet().stream()
        .map(
            factor ->
                new TagColumn(
                    factor, world.posts().stream().map(p -> p.metadata().get(factor)).toList()))
        .toList();
  }

  /** A study of as many posts of each account, with every level of every factor. */
  private static StudyPictures pictures(AccountWorld world, FittedModel model) {
    List<Integer> chosen = new ArrayList<>();
    world.posts().stream()
        .collect(
            Collectors.groupingBy(
                p -> p.metadata().get(AccountWorld.ACCOUNT),
                Collectors.mapping(p -> world.posts().indexOf(p), Collectors.toList())))
        .values()
        .forEach(
            own -> chosen.addAll(own.subList(own.size() / 2, own.size() / 2 + SOURCES_OF_EACH)));
    List<Source> sources =
        chosen.stream()
            .map(world.posts()::get)
            .map(
                p ->
                    new Source(
                        p,
                        model.description().groups().get(p.id()),
                        Mask.full(1, 1),
                        Optional.empty()))
            .toList();
    List<Factor> factors =
        AccountWorld.EFFECTS.entrySet().stream()
            .map(e -> factor(e.getKey(), e.getValue()))
            .toList();
    List<Cell> cells = new ArrayList<>();
    List<float[]> edited = new ArrayList<>();
    for (Factor factor : factors) {
      for (int i = 0; i < sources.size(); i++) {
        for (String level : factor.levels().keySet()) {
          cells.add(
              new Cell(
                  i,
                  sources.get(i),
                  factor,
                  level,
                  0,
                  0,
                  new Rewriting(),
                  factor.name() + level + i,
                  Optional.empty()));
          edited.add(world.edited(chosen.get(i), factor.name(), level));
        }
      }
    }
    float[][] untouched = chosen.stream().map(i -> world.embeddings()[i]).toArray(float[][]::new);
    List<Post> sourcePosts = sources.stream().map(Source::post).toList();
    return new StudyPictures(
        spec(factors),
        sources,
        cells,
        cells.stream().map(c -> new Check(List.of(), 1, 0, 0)).toList(),
        untouched,
        edited.toArray(float[][]::new),
        model.features(untouched, sourcePosts),
        model.features(
            edited.toArray(float[][]::new), cells.stream().map(c -> c.from().post()).toList()));
  }

  private static StudySpec spec(List<Factor> factors) {
    return new StudySpec(
        "accounts",
        AccountWorld.METRIC,
        1,
        .05,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Sources(
            List.of("car"), 48, 0, 1, Map.of(), List.of(), Optional.empty(), Optional.empty()),
        factors,
        List.of());
  }

  private static Factor factor(String name, Map<String, Double> levels) {
    return new Factor(
        name,
        name,
        name,
        List.of("car"),
        Optional.empty(),
        Rewriting.NAME,
        StudySpec.AVERAGE,
        1,
        levels.keySet().stream().collect(Collectors.toMap(l -> l, l -> Map.of())),
        Map.of());
  }
}
