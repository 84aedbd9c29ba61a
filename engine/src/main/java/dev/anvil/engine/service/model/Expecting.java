package dev.anvil.engine.service.model;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.PredictOutcome.Nearest;
import java.util.List;

/** Says what is expected of posts that a model knows. */
final class Expecting {
  private Expecting() {}

  static Expectation of(ModelView view, Support support, Post post, RunContext context) {
    float[][] embedding = view.posts(context).encode(List.of(post), context);
    PictureScores scores = new PictureScores(view.model(), post);
    List<Nearest> nearest =
        support.of(view, List.of(post), embedding, context).get(0).nearest().stream()
            .filter(near -> !near.post().equals(post.id()))
            .toList();
    return new Expectation(
        view.model().description().metric(),
        scores.expected(embedding[0]),
        view.report().model().coverage().map(c -> scores.around(embedding[0], c)),
        nearest);
  }
}
