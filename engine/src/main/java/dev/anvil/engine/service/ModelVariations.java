package dev.anvil.engine.service;

import dev.anvil.InternalException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.engine.request.StudyText;
import dev.anvil.predict.Accounts;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.MetadataColumn;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Blend;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.ScoredStudy;
import dev.anvil.study.StudyRunner;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A study on models that differ in what should not matter; no picture is looked at again. */
final class ModelVariations {
  /** Fewer refits than a study's: of every change there is a model to be fitted. */
  private static final int REPEATS = 1;

  private static final int FOLDS = 5;

  private final Parts parts;
  private final StudyText study;
  private final ModelView view;
  private final StudyRunner runner;

  ModelVariations(Parts parts, StudyText study, ModelView view, StudyRunner runner) {
    this.parts = parts;
    this.study = study;
    this.view = view;
    this.runner = runner;
  }

  /** The study as it is, then with other folds, either half of the posts, another regressor. */
  List<Variation> run(Phase phase) {
    RunContext context = phase.context();
    FittedModel model = view.model();
    List<Post> posts = view.learned();
    Pictures pictures =
        new Pictures(
            runner.prepare(study.spec(), study.folder(), posts, context),
            posts,
            view.posts(context).encode(posts, context),
            PictureHashes.of(parts.stores(), posts, context));
    List<Variation> out = new ArrayList<>();
    out.add(new Variation("as it is", pictures.effects(model, context)));
    phase.step(1);
    long seed = model.description().seed();
    Trainer same = trainer(model.description().trainer(), seed, context);
    Trainer other =
        same.name().equals(Ridge.chosen().name())
            ? XgBoost.light(context.threads(), seed)
            : Ridge.chosen();
    List<Pictures> halves = pictures.halves(model, Seeds.derive(seed, "halves"));
    record Change(String name, Pictures pictures, Trainer trainer, long seed) {}
    for (Change change :
        List.of(
            new Change("other folds", pictures, same, Seeds.derive(seed, "other folds")),
            new Change("half of the posts", halves.get(0), same, seed),
            new Change("the other half", halves.get(1), same, seed),
            new Change(other.name(), pictures, other, seed))) {
      try (FittedModel refitted =
          refit(change.pictures(), change.trainer(), change.seed(), context)) {
        out.add(new Variation(change.name(), change.pictures().effects(refitted, context)));
      }
      phase.step(1);
    }
    return out;
  }

  /** The kind of regressor that a model was fitted with. */
  private static Trainer trainer(String name, long seed, RunContext context) {
    return Stream.of(
            Ridge.chosen(),
            XgBoost.light(context.threads(), seed),
            Blend.ridgeAndTrees(context.threads(), seed))
        .filter(trainer -> trainer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new InternalException("no regressor is called \"%s\"".formatted(name), null));
  }

  private FittedModel refit(Pictures pictures, Trainer trainer, long seed, RunContext context) {
    FittedModel.Description description = view.model().description();
    return ModelFitter.fit(
            new ModelFitter.Request(
                description.metric(),
                view.campaign().kind(description.metric()),
                view.request().since(),
                description.columns().metadata().stream().map(MetadataColumn::name).toList(),
                trainer,
                new RefitDesign.Plan(REPEATS, FOLDS, RefitDesign.Plan.LEAST_RESAMPLES, seed),
                description.accounts().map(Accounts::column)),
            new ModelFitter.Data(
                pictures.posts,
                pictures.embeddings,
                view.encoder().blocks(),
                pictures.hashes,
                description.pack(),
                description.encoder(),
                description.subject(),
                description.columns().nuisance()),
            view.model().smoothed(pictures.posts),
            context)
        .model();
  }

  /** A study's pictures, and posts to learn from. */
  private record Pictures(
      PreparedStudy study, List<Post> posts, float[][] embeddings, long[] hashes) {
    List<Effect> effects(FittedModel model, RunContext context) {
      ScoredStudy scored = study.score(model, posts, context);
      return scored
          .corrected(embeddings, scored.inferLabels(embeddings, context), context)
          .effects()
          .stream()
          .filter(e -> !e.placebo())
          .toList();
    }

    /** The same pictures, with either half of the groups of near-duplicates. */
    List<Pictures> halves(FittedModel model, long seed) {
      SplittableRandom random = Seeds.random(seed, "half");
      TreeMap<Integer, Boolean> first = new TreeMap<>();
      model.description().groups().values().forEach(group -> first.put(group, false));
      first.replaceAll((group, is) -> random.nextBoolean());
      return List.of(half(model, first, true), half(model, first, false));
    }

    private Pictures half(FittedModel model, TreeMap<Integer, Boolean> first, boolean which) {
      int[] rows =
          IntStream.range(0, posts.size())
              .filter(i -> first.get(model.description().groups().get(posts.get(i).id())) == which)
              .toArray();
      return new Pictures(
          study,
          IntStream.of(rows).mapToObj(posts::get).toList(),
          IntStream.of(rows).mapToObj(i -> embeddings[i]).toArray(float[][]::new),
          IntStream.of(rows).mapToLong(i -> hashes[i]).toArray());
    }
  }
}
