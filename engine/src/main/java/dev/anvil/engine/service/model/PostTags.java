package dev.anvil.engine.service.model;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.image.PictureReader;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.FeatureView;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.segment.model.Detector;
import dev.anvil.segment.model.TagFeatures;
import dev.anvil.store.ResultStore;
import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TagContrast;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Posts in words: what the bundled detector finds in each picture, and the columns of the posts'
 * file with 2 to 20 values.
 *
 * @param features one row per post: the detector's scores, the file's columns, hour and weekday
 * @param names one per column of the features
 * @param columns the same as levels, with the month of each post
 */
record PostTags(Matrix features, List<String> names, List<TagColumn> columns) {
  private static final String CACHED = "tags-2";
  private static final String MONTH = "month";
  private static final int MOST_LEVELS = 20;
  private static final double FOUND = .5;
  private static final double LEAST_SHARE = .05;

  PostTags {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
  }

  static PostTags of(Parts parts, List<Post> posts, RunContext context) {
    try (Lease<Detector> detector = parts.networks().detector();
        Phase phase = context.start(CACHED, posts.size())) {
      TagFeatures tagging = new TagFeatures(detector.get());
      ResultStore results = parts.stores().results();
      float[][] scores = new float[posts.size()][];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = scores(results, detector.get().id(), tagging, posts.get(i));
        phase.step(1);
      }
      return of(tagging.columns(), scores, posts);
    }
  }

  static PostTags of(List<String> tags, float[][] scores, List<Post> posts) {
    List<String> metadata = metadata(posts);
    Block whole = new Block("whole", tags.size());
    FeatureSpec spec =
        FeatureSpec.fit(
            List.of(whole), FeatureView.WHOLE, posts, metadata, FeatureSpec.dated(posts));
    List<String> names = new ArrayList<>(tags);
    names.addAll(spec.names().subList(tags.size(), spec.names().size()));
    List<TagColumn> columns = new ArrayList<>();
    for (String name : metadata) {
      columns.add(column(name, posts, post -> post.metadata().getOrDefault(name, "unknown")));
    }
    for (int k = 0; k < tags.size(); k++) {
      int tag = k;
      long found = Arrays.stream(scores).filter(row -> row[tag] >= FOUND).count();
      if (Math.min(found, scores.length - found) >= LEAST_SHARE * scores.length) {
        columns.add(
            new TagColumn(
                tags.get(k),
                Arrays.stream(scores).map(row -> row[tag] >= FOUND ? "yes" : "no").toList()));
      }
    }
    if (FeatureSpec.dated(posts)) {
      columns.add(column(MONTH, posts, PostTags::month));
    }
    return new PostTags(spec.encode(scores, posts).matrix(), names, columns);
  }

  private static String month(Post post) {
    return YearMonth.from(post.time().orElseThrow()).toString();
  }

  private static TagColumn column(String name, List<Post> posts, Function<Post, String> value) {
    return new TagColumn(name, posts.stream().map(value).toList());
  }

  private static List<String> metadata(List<Post> posts) {
    return posts.stream()
        .flatMap(post -> post.metadata().keySet().stream())
        .distinct()
        .sorted()
        .filter(
            name -> {
              long levels =
                  posts.stream()
                      .map(post -> post.metadata().get(name))
                      .filter(Objects::nonNull)
                      .distinct()
                      .count();
              return levels > 1 && levels <= MOST_LEVELS;
            })
        .toList();
  }

  /**
   * What is asked of the tags: each level of a column against the average, and yes against no.
   * Months are only controlled for.
   *
   * @param rows posts that are looked at
   */
  List<TagContrast> contrasts(int[] rows) {
    List<TagContrast> contrasts = new ArrayList<>();
    for (TagColumn column : columns) {
      List<String> levels =
          List.copyOf(new TreeSet<>(Arrays.stream(rows).mapToObj(column.values()::get).toList()));
      if (levels.equals(List.of("no", "yes"))) {
        contrasts.add(TagContrast.of(column.name(), "yes", "no"));
      } else if (levels.size() > 1 && !column.name().equals(MONTH)) {
        contrasts.addAll(TagContrast.againstAverage(column.name(), levels));
      }
    }
    return contrasts;
  }

  private static float[] scores(
      ResultStore results, String detector, TagFeatures tagging, Post post) {
    String key = detector + " " + post.creative();
    Optional<String> known = results.get(CACHED, key);
    if (known.isPresent()) {
      String[] values = known.get().split(" ", -1);
      float[] scores = new float[values.length];
      for (int k = 0; k < scores.length; k++) {
        scores[k] = Float.parseFloat(values[k]);
      }
      return scores;
    }
    float[] scores = tagging.of(PictureReader.DEFAULT.read(post.picture(), post.creative()));
    results.put(
        CACHED,
        key,
        IntStream.range(0, scores.length)
            .mapToObj(k -> Float.toString(scores[k]))
            .collect(Collectors.joining(" ")));
    return scores;
  }
}
