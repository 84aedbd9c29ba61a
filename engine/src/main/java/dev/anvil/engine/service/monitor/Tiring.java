package dev.anvil.engine.service.monitor;

import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.service.campaign.PictureHashes;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.Fatigue.Seen;
import dev.anvil.predict.split.Groups;
import dev.anvil.report.data.ModelReport;
import dev.anvil.report.data.PostResult;
import dev.anvil.segment.FoundLabels;
import dev.anvil.stats.BenjaminiHochberg;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The fatigue of elements and of repeated creatives over the last year. */
record Tiring(ModelView view, ModelReport report, LaterPosts later) {
  private static final int DAYS = 365;

  /** Posts of one creative without which it is not called repeated. */
  private static final int REPEATED = 20;

  /** A post of the last year with its residual. */
  private record Known(Post post, double residual, float[] embedding) {}

  List<Fatigue> of(double bound, RunContext context) {
    List<Known> posts = lastYear(context);
    if (posts.isEmpty()) {
      return List.of();
    }
    int[] groups =
        Groups.of(
            PictureHashes.of(view.working(), posts.stream().map(Known::post).toList(), context),
            posts.stream().map(Known::embedding).toArray(float[][]::new),
            Groups.Likeness.nearDuplicate(),
            context);
    List<Fatigue> found = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<Post, FoundLabels> labels =
        view.segmentations()
            .labels(posts.stream().map(Known::post).toList(), context.threads(), context, problems);
    Set<String> elements = new TreeSet<>();
    labels.values().forEach(shown -> elements.addAll(shown.all()));
    for (String element : elements) {
      found.add(
          Fatigue.of(
              element,
              seen(
                  posts,
                  i ->
                      labels
                          .getOrDefault(posts.get(i).post(), FoundLabels.NONE)
                          .all()
                          .contains(element),
                  groups),
              bound));
    }
    Groups.members(groups)
        .forEach(
            (group, rows) -> {
              if (rows.length >= REPEATED) {
                int[] each = IntStream.range(0, posts.size()).toArray();
                found.add(
                    Fatigue.of(
                        "creative of post " + posts.get(rows[0]).post().id(),
                        seen(posts, i -> groups[i] == group, each),
                        bound));
              }
            });
    return adjusted(found);
  }

  private static List<Seen> seen(List<Known> posts, IntPredicate has, int[] clusters) {
    return IntStream.range(0, posts.size())
        .mapToObj(
            i -> {
              Known known = posts.get(i);
              return new Seen(
                  known.post().time().orElseThrow(),
                  known.residual(),
                  clusters[i],
                  "",
                  has.test(i));
            })
        .toList();
  }

  private static List<Fatigue> adjusted(List<Fatigue> found) {
    double[] p = BenjaminiHochberg.adjust(found.stream().mapToDouble(Fatigue::p).toArray());
    return IntStream.range(0, p.length).mapToObj(i -> found.get(i).among(p[i])).toList();
  }

  /** Posts learned from and later ones; account effects are in the target already. */
  private List<Known> lastYear(RunContext context) {
    Map<String, Double> residuals = new HashMap<>();
    for (PostResult p : report.posts()) {
      if (p.target().isPresent() && p.predictedTarget().isPresent()) {
        residuals.put(p.id(), p.target().getAsDouble() - p.predictedTarget().getAsDouble());
      }
    }
    Map<Post, Double> all = new LinkedHashMap<>();
    view.learned().stream()
        .filter(p -> p.time().isPresent() && residuals.containsKey(p.id()))
        .forEach(p -> all.put(p, residuals.get(p.id())));
    Map<String, float[]> embeddings = new TreeMap<>();
    for (int i = 0; i < later.posts().size(); i++) {
      Post post = later.posts().get(i);
      later.residual(i).ifPresent(r -> all.put(post, r));
      embeddings.put(post.id(), later.embeddings()[i]);
    }
    if (all.isEmpty()) {
      return List.of();
    }
    LocalDateTime newest =
        all.keySet().stream()
            .map(p -> p.time().orElseThrow())
            .max(LocalDateTime::compareTo)
            .orElseThrow();
    List<Post> recent =
        all.keySet().stream()
            .filter(p -> p.time().orElseThrow().isAfter(newest.minusDays(DAYS)))
            .toList();
    List<Post> toEncode = recent.stream().filter(p -> !embeddings.containsKey(p.id())).toList();
    float[][] encoded = view.posts(context).encode(toEncode, context);
    for (int i = 0; i < encoded.length; i++) {
      embeddings.put(toEncode.get(i).id(), encoded[i]);
    }
    return recent.stream().map(p -> new Known(p, all.get(p), embeddings.get(p.id()))).toList();
  }
}
