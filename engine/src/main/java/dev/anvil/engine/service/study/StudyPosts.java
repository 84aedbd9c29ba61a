package dev.anvil.engine.service.study;

import dev.anvil.InternalException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.campaign.PictureHashes;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.predict.Accounts;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.MetadataColumn;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Blend;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.study.StudyOnPosts;
import dev.anvil.study.StudyRunner;
import java.util.List;
import java.util.stream.Stream;

/** Models like that of a view, fitted to other posts. */
public final class StudyPosts {
  /** Fewer refits than a study's: there are several models to be fitted. */
  private static final int REPEATS = 1;

  private static final int FOLDS = 5;

  private StudyPosts() {}

  /** A study of a view with posts to learn from. */
  static StudyOnPosts of(
      ModelView view, StudyText study, StudyRunner runner, List<Post> posts, RunContext context) {
    return new StudyOnPosts(
        runner.prepare(study.spec(), study.folder(), view.campaign().posts(), posts, context),
        data(view, posts, context),
        view.model().smoothed(posts));
  }

  /** Posts as the view's model looks at them. */
  public static ModelFitter.Data data(ModelView view, List<Post> posts, RunContext context) {
    FittedModel.Description description = view.model().description();
    return new ModelFitter.Data(
        posts,
        view.posts(context).encode(posts, context),
        view.encoder().blocks(),
        PictureHashes.of(view.working(), posts, context),
        description.pack(),
        description.encoder(),
        description.subject(),
        description.columns().nuisance());
  }

  /** What is asked of such a model. */
  public static ModelFitter.Request request(ModelView view, Trainer trainer, long seed) {
    FittedModel.Description description = view.model().description();
    return new ModelFitter.Request(
        description.metric(),
        view.campaign().kind(description.metric()),
        view.request().since(),
        description.columns().metadata().stream().map(MetadataColumn::name).toList(),
        trainer,
        new RefitDesign.Plan(REPEATS, FOLDS, RefitDesign.Plan.LEAST_RESAMPLES, seed),
        description.accounts().map(Accounts::column));
  }

  /** The kind of regressor that a model was fitted with. */
  public static Trainer trainer(FittedModel model, RunContext context) {
    String name = model.description().trainer();
    long seed = model.description().seed();
    return Stream.of(
            Ridge.chosen(),
            XgBoost.light(context.threads(), seed),
            Blend.ridgeAndTrees(context.threads(), seed))
        .filter(trainer -> trainer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new InternalException("no regressor is called \"%s\"".formatted(name), null));
  }
}
