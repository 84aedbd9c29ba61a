package dev.anvil.engine.service.monitor;

import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.service.campaign.PictureHashes;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.monitor.ElementChange;
import dev.anvil.monitor.PictureChange;
import dev.anvil.monitor.PictureChange.Picture;
import dev.anvil.monitor.PictureDrift;
import dev.anvil.monitor.PictureDrift.Shot;
import dev.anvil.predict.split.Groups;
import dev.anvil.segment.FoundLabels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the pictures of later posts with those learned from.
 *
 * @param posts the later ones, then the newest of those learned from
 * @param fresh number of the later ones
 */
record PictureWatch(ModelView view, List<Post> posts, float[][] embeddings, int fresh) {
  /** Pictures that are compared; the newest of those learned from. */
  private static final int MOST_PICTURES = 1000;

  static PictureWatch of(ModelView view, LaterPosts later, RunContext context) {
    List<Post> learned = view.learned();
    List<Post> newest =
        learned.subList(Math.max(0, learned.size() - MOST_PICTURES), learned.size());
    return new PictureWatch(
        view,
        Stream.of(later.posts(), newest).flatMap(Collection::stream).toList(),
        Stream.of(later.embeddings(), view.posts(context).encode(newest, context))
            .flatMap(Stream::of)
            .toArray(float[][]::new),
        later.posts().size());
  }

  /**
   * Compares them.
   *
   * @param largestP of an alarm
   */
  PictureChange change(double largestP, long seed, RunContext context) {
    if (fresh == 0) {
      return new PictureChange(Optional.empty(), false, List.of(), List.of(), List.of());
    }
    int[] groups =
        Groups.of(
            PictureHashes.of(view.working(), posts, context),
            embeddings,
            Groups.Likeness.nearDuplicate(),
            context);
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      shots.add(new Shot(embeddings[i], posts.get(i).time().orElseThrow(), groups[i], i < fresh));
    }
    Optional<PictureDrift> drift = PictureDrift.of(shots, seed);
    return new PictureChange(
        drift,
        drift.filter(d -> d.p() <= largestP).isPresent(),
        drift.map(d -> pictures(d.unlike())).orElse(List.of()),
        drift.map(d -> pictures(d.leftBehind())).orElse(List.of()),
        elements(context));
  }

  private List<Picture> pictures(List<Integer> rows) {
    return rows.stream()
        .map(posts::get)
        .map(p -> new Picture(p.id(), p.picture().getFileName().toString()))
        .toList();
  }

  private List<ElementChange> elements(RunContext context) {
    List<Problem> problems = new ArrayList<>(); // of pictures that cannot be opened: told before
    Map<Post, FoundLabels> labels =
        view.segmentations().labels(posts, context.threads(), context, problems);
    List<ElementChange.Shown> shown = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      Post post = posts.get(i);
      if (labels.containsKey(post)) {
        shown.add(
            new ElementChange.Shown(
                post.time().orElseThrow(), Set.copyOf(labels.get(post).all()), i < fresh));
      }
    }
    return ElementChange.of(shown);
  }
}
