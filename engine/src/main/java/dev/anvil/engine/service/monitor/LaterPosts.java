package dev.anvil.engine.service.monitor;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoded;
import dev.anvil.engine.service.model.FewPosts;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.monitor.Timed;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.target.Observation;
import dev.anvil.predict.target.TargetTransform;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The posts of a campaign that its model did not learn from because they came later, as the model
 * sees them.
 *
 * @param posts oldest first
 * @param embeddings one per post
 * @param predicted one target per post, in training standard deviations
 * @param targets of posts whose metric is known and does not grow any more, relative to the twelve
 *     months before each; NaN of others
 * @param sinceFit the same relative to the twelve months before the fit, so that a lasting change
 *     of the audience stays to be seen
 * @param transform of the model, with these posts as history
 * @param notes on what was left out
 */
record LaterPosts(
    List<Post> posts,
    float[][] embeddings,
    double[] predicted,
    double[] targets,
    double[] sinceFit,
    TargetTransform transform,
    List<String> notes) {

  /**
   * Gathers them.
   *
   * @param campaign as it is in the workspace now
   * @param deleted posts of it that were deleted, by id; whether their last value was mature
   * @throws InvalidInputException when its posts have no dates
   */
  static LaterPosts of(
      ModelView view, Campaign campaign, Map<String, Boolean> deleted, RunContext context) {
    if (!campaign.isDated()) {
      throw new InvalidInputException(
          campaign.name(),
          "has posts without dates; expected dates, since monitoring is over time: import again"
              + " with a column of dates");
    }
    if (!view.campaign().isDated()) {
      throw new InvalidInputException(
          "the model of run " + view.run(),
          "was fitted to posts without dates, or to too few to use their dates; expected at least"
              + " %d with dates: fit again when there are more".formatted(FewPosts.ENOUGH));
    }
    Set<String> known = view.campaign().posts().stream().map(Post::id).collect(Collectors.toSet());
    List<Post> unknown = campaign.posts().stream().filter(p -> !known.contains(p.id())).toList();
    LocalDateTime fitted = view.campaign().last().orElse(LocalDateTime.MIN);
    List<Post> all = unknown.stream().filter(p -> p.time().orElseThrow().isAfter(fitted)).toList();
    List<Post> later = all.stream().filter(p -> deleted.getOrDefault(p.id(), true)).toList();
    List<String> notes = new ArrayList<>();
    if (all.size() < unknown.size()) {
      notes.add(
          "Left out posts that are not later than those learned from, though the model does not know them: %d."
              .formatted(unknown.size() - all.size()));
    }
    long gone = all.stream().filter(p -> deleted.containsKey(p.id())).count();
    if (gone > 0) {
      notes.add(
          "Later posts that were deleted since: %d. Left out as their last values still grew: %d."
              .formatted(gone, all.size() - later.size()));
    }
    FittedModel model = view.model();
    if (later.isEmpty()) {
      return new LaterPosts(
          List.of(),
          new float[0][],
          new double[0],
          new double[0],
          new double[0],
          model.transform(),
          notes);
    }
    Encoded encoded = view.posts(context).encodeEach(later, context);
    List<Post> posts = encoded.presentOf(later);
    encoded.problems().forEach(problem -> notes.add("Left out " + problem));
    float[][] embeddings = encoded.present();
    double[] predicted =
        posts.isEmpty()
            ? new double[0]
            : model.regressor().predict(model.features(embeddings, posts));
    return measured(view, campaign, posts, embeddings, predicted, notes);
  }

  private static LaterPosts measured(
      ModelView view,
      Campaign campaign,
      List<Post> posts,
      float[][] embeddings,
      double[] predicted,
      List<String> notes) {
    FittedModel model = view.model();
    Set<String> mature = new HashSet<>();
    campaign.mature().posts().forEach(p -> mature.add(p.id()));
    double[] values = model.values(posts);
    List<Observation> history = new ArrayList<>();
    int strangers = 0;
    for (int i = 0; i < values.length; i++) {
      Post post = posts.get(i);
      boolean measured =
          mature.contains(post.id()) && post.metric(model.description().metric()).isPresent();
      strangers += measured && Double.isNaN(values[i]) ? 1 : 0;
      if (!measured) {
        values[i] = Double.NaN;
      }
      if (Double.isFinite(values[i])) {
        history.add(new Observation(posts.get(i).time(), values[i]));
      }
    }
    if (strangers > 0) {
      notes.add(
          "%d posts are of accounts that the model does not know, and cannot be judged: fit again."
              .formatted(strangers));
    }
    TargetTransform transform = model.transform().withLater(history);
    return new LaterPosts(
        posts,
        embeddings,
        predicted,
        transform.apply(posts.stream().map(Post::time).toList(), values),
        model
            .transform()
            .apply(
                posts.stream().map(p -> atMost(p.time(), view.campaign().last())).toList(), values),
        transform,
        notes);
  }

  private static Optional<LocalDateTime> atMost(
      Optional<LocalDateTime> time, Optional<LocalDateTime> last) {
    return time.flatMap(t -> last.map(l -> t.isBefore(l) ? t : l));
  }

  /** The target less the prediction; empty where the metric is not known yet. */
  OptionalDouble residual(int row) {
    return Double.isNaN(targets[row])
        ? OptionalDouble.empty()
        : OptionalDouble.of(targets[row] - predicted[row]);
  }

  /** Posts whose metric is known and does not grow any more. */
  int mature() {
    return (int) DoubleStream.of(targets).filter(t -> !Double.isNaN(t)).count();
  }

  /** Residuals relative to the twelve months before the fit, in time. */
  List<Timed> residualsSinceFit() {
    List<Timed> out = new ArrayList<>();
    for (int i = 0; i < sinceFit.length; i++) {
      if (!Double.isNaN(sinceFit[i])) {
        out.add(new Timed(posts.get(i).time().orElseThrow(), sinceFit[i] - predicted[i]));
      }
    }
    return out;
  }

  /** Row of each post by its id. */
  Map<String, Integer> rows() {
    Map<String, Integer> rows = new HashMap<>();
    for (int i = 0; i < posts.size(); i++) {
      rows.put(posts.get(i).id(), i);
    }
    return rows;
  }
}
