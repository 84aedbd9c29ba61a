package dev.anvil.engine.service.study;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.study.StudyOnPosts;
import dev.anvil.study.StudyRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A study on models that differ in what should not matter; no picture is looked at again. */
final class ModelVariations {
  private final StudyText study;
  private final ModelView view;
  private final StudyRunner runner;

  ModelVariations(StudyText study, ModelView view, StudyRunner runner) {
    this.study = study;
    this.view = view;
    this.runner = runner;
  }

  /** The study as it is, then with other folds, either half of the posts, another regressor. */
  List<Variation> run(Phase phase) {
    RunContext context = phase.context();
    FittedModel model = view.model();
    StudyOnPosts posts = StudyPosts.of(view, study, runner, view.learned(), context);
    List<Variation> out = new ArrayList<>();
    out.add(new Variation("as it is", posts.effects(model, context)));
    phase.step(1);
    long seed = model.description().seed();
    Trainer same = StudyPosts.trainer(model, context);
    Trainer other =
        same.name().equals(Ridge.chosen().name())
            ? XgBoost.light(context.threads(), seed)
            : Ridge.chosen();
    List<StudyOnPosts> halves = halves(posts, model, Seeds.derive(seed, "halves"));
    record Change(String name, StudyOnPosts posts, Trainer trainer, long seed) {}
    for (Change change :
        List.of(
            new Change("other folds", posts, same, Seeds.derive(seed, "other folds")),
            new Change("half of the posts", halves.get(0), same, seed),
            new Change("the other half", halves.get(1), same, seed),
            new Change(other.name(), posts, other, seed))) {
      try (FittedModel refitted =
          change.posts().fit(StudyPosts.request(view, change.trainer(), change.seed()), context)) {
        out.add(new Variation(change.name(), change.posts().effects(refitted, context)));
      }
      phase.step(1);
    }
    return out;
  }

  /** The same pictures, with either half of the groups of near-duplicates. */
  private static List<StudyOnPosts> halves(StudyOnPosts posts, FittedModel model, long seed) {
    SplittableRandom random = Seeds.random(seed, "half");
    Map<String, Integer> groups = model.description().groups();
    TreeMap<Integer, Boolean> first = new TreeMap<>();
    groups.values().forEach(group -> first.put(group, false));
    first.replaceAll((group, is) -> random.nextBoolean());
    return List.of(half(posts, groups, first, true), half(posts, groups, first, false));
  }

  private static StudyOnPosts half(
      StudyOnPosts posts, Map<String, Integer> groups, Map<Integer, Boolean> first, boolean which) {
    return posts.select(
        IntStream.range(0, posts.data().posts().size())
            .filter(i -> first.get(groups.get(posts.data().posts().get(i).id())) == which)
            .toArray());
  }
}
