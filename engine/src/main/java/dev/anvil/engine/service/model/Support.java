package dev.anvil.engine.service.model;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.PredictOutcome.Likeness;
import dev.anvil.engine.outcome.PredictOutcome.Nearest;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.Neighbours;
import dev.anvil.predict.Neighbours.Neighbour;
import dev.anvil.predict.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a model's pictures are: a new picture that is farther from all of them than the limit is
 * unlike what the model learned from.
 *
 * @param limit see {@link Neighbours#limit}
 * @param posts ids of those that were learned from
 */
record Support(double limit, List<String> posts) {
  static final String NAME = "support";
  private static final int SHOWN = 5;

  Support {
    posts = List.copyOf(posts);
  }

  /** The support of a fit. */
  static Support of(Fit fit, List<Post> posts, float[][] embeddings, RunContext context) {
    List<Post> learned = IntStream.of(fit.fitRows()).mapToObj(posts::get).toList();
    Matrix pictures =
        pictures(
            fit.model().description().columns(),
            IntStream.of(fit.fitRows()).mapToObj(i -> embeddings[i]).toArray(float[][]::new),
            learned);
    int[] groups = IntStream.of(fit.fitRows()).map(i -> fit.groups()[i]).toArray();
    return new Support(
        Neighbours.of(pictures, groups).limit(context), learned.stream().map(Post::id).toList());
  }

  private static Matrix pictures(FeatureSpec columns, float[][] embeddings, List<Post> posts) {
    return columns.picturesOnly().encode(embeddings, posts).matrix();
  }

  /** How like the posts that the model learned from others are. */
  List<Likeness> of(ModelView view, List<Post> others, float[][] embeddings, RunContext context) {
    FittedModel model = view.model();
    List<Post> learned =
        view.campaign().posts().stream().filter(p -> posts.contains(p.id())).toList();
    FeatureSpec columns = model.description().columns();
    Neighbours neighbours =
        Neighbours.of(
            pictures(columns, view.posts(context).encode(learned, context), learned),
            new int[learned.size()]);
    String metric = model.description().metric();
    List<Likeness> likenesses = new ArrayList<>();
    for (List<Neighbour> nearest :
        neighbours.nearest(pictures(columns, embeddings, others), SHOWN)) {
      double distance = nearest.get(0).distance();
      likenesses.add(
          new Likeness(
              distance > limit,
              distance,
              limit,
              nearest.stream()
                  .map(
                      n -> {
                        Post post = learned.get(n.row());
                        return new Nearest(
                            post.id(),
                            post.picture().getFileName().toString(),
                            n.distance(),
                            post.metric(metric).orElseThrow());
                      })
                  .toList()));
    }
    return likenesses;
  }
}
