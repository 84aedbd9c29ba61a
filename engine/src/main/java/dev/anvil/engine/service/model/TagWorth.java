package dev.anvil.engine.service.model;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.engine.outcome.TagBaselines;
import dev.anvil.inside.ConceptFold;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.ColumnImportance;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.tags.DoubleMl;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagDirection;
import dev.anvil.tags.TagEstimator;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures what tags are worth to the posts of a fit: importances and effects. */
final class TagWorth {
  private TagWorth() {}

  static TagBaselines of(PostTags tags, Fit fit, long seed, RunContext context) {
    int[] rows = fit.fitRows();
    Matrix features = tags.features().select(rows);
    double[] target = Arrays.stream(rows).mapToDouble(i -> fit.target()[i]).toArray();
    int[] groups = Arrays.stream(rows).map(i -> fit.groups()[i]).toArray();
    List<Trainer> trees = Baselines.treesOnTags(context.threads(), seed);
    List<TagBaselines.Importances> importances = new ArrayList<>();
    try (Phase phase = context.start("importances", trees.size())) {
      for (Trainer trainer : trees) {
        importances.add(
            new TagBaselines.Importances(
                trainer.name(),
                ColumnImportance.of(
                    trainer, features, tags.names(), target, groups, seed, phase.context())));
        phase.step(1);
      }
    }
    TaggedPosts posts =
        TaggedPosts.of(
            fit.target(),
            tags.columns(),
            fit.groups(),
            fit.features().isWeighted() ? fit.features().weights() : new double[0],
            rows);
    List<TagContrast> contrasts = tags.contrasts(rows);
    List<TagBaselines.Effects> effects = new ArrayList<>();
    for (TagEstimator method : List.of(TagRegression.standard(), DoubleMl.standard(seed))) {
      context.checkCancelled();
      effects.add(
          new TagBaselines.Effects(method.name(), method.estimate(posts, contrasts, context)));
    }
    Matrix seen = fit.features().select(rows);
    List<TagDirection> directions = TagDirection.of(posts, seen, contrasts);
    return new TagBaselines(
        importances,
        effects,
        directions.isEmpty()
            ? List.of()
            : ConceptFold.of(fit.model().regressor(), fit.model().resampled(), seen, directions)
                .steps());
  }
}
