package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.predict.matrix.Matrix;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How embeddings and metadata become columns: remembers the encoding, so that later posts get the
 * same columns. Serialises with Jackson.
 *
 * @param blocks of the embedding, in order; those of the whole picture are named {@code whole} or
 *     {@code whole/...}
 * @param view which blocks are used
 * @param metadata columns of the posts' metadata
 * @param calendar whether hour (a point on a circle) and weekday (one column each) are used
 * @param nuisance what is taken out of embeddings before they become columns
 */
public record FeatureSpec(
    List<Block> blocks,
    FeatureView view,
    List<MetadataColumn> metadata,
    boolean calendar,
    Optional<Nuisance> nuisance) {
  private static final List<String> RECOGNISED =
      List.of("country", "channel", "audience", "format");
  private static final int MOST_LEVELS = 20;
  private static final List<String> CALENDAR =
      List.of(
          "hour.sin",
          "hour.cos",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday");

  public FeatureSpec {
    requireNonNull(view, "view is null");
    requireNonNull(nuisance, "nuisance is null");
    blocks = List.copyOf(blocks);
    metadata = List.copyOf(metadata);
    if (blocks.stream().noneMatch(FeatureSpec::isWhole)) {
      throw new IllegalArgumentException("no block of the whole picture in " + blocks);
    }
  }

  /** Metadata columns whose meaning is known by their name and that vary among the posts. */
  public static List<String> recognised(List<Post> posts) {
    return RECOGNISED.stream()
        .filter(
            name ->
                posts.stream()
                        .map(post -> post.metadata().get(name))
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  /**
   * Learns the encoding of metadata: numbers as they are if all known values are numbers, else one
   * column for each of the (at most 20) most frequent levels and one for all others.
   *
   * @param posts training posts
   * @param metadata names of metadata columns to use, each known for at least one post
   */
  public static FeatureSpec fit(
      List<Block> blocks,
      FeatureView view,
      List<Post> posts,
      List<String> metadata,
      boolean calendar) {
    List<Problem> problems = new ArrayList<>();
    List<MetadataColumn> columns = new ArrayList<>();
    for (String name : metadata) {
      List<String> known =
          posts.stream().flatMap(p -> MetadataColumn.value(p, name).stream()).toList();
      if (known.isEmpty()) {
        problems.add(
            new Problem("metadata " + name, "found no value; expected a column of the posts"));
      } else if (known.stream().allMatch(v -> MetadataColumn.parse(v).isPresent())) {
        columns.add(new MetadataColumn(name, List.of()));
      } else {
        columns.add(new MetadataColumn(name, frequentLevels(known)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new FeatureSpec(blocks, view, columns, calendar, Optional.empty());
  }

  /** Whether the calendar can be used: the time of every post is known. */
  public static boolean dated(List<Post> posts) {
    return posts.stream().allMatch(post -> post.time().isPresent());
  }

  /** The same columns of embeddings without a nuisance. */
  public FeatureSpec without(Nuisance other) {
    return new FeatureSpec(blocks, view, metadata, calendar, Optional.of(other));
  }

  /** The columns that show nothing of the picture; empty where there are none. */
  public Optional<FeatureSpec> withoutPictures() {
    return metadata.isEmpty() && !calendar
        ? Optional.empty()
        : Optional.of(
            new FeatureSpec(blocks, FeatureView.NONE, metadata, calendar, Optional.empty()));
  }

  /** The columns that show the whole picture, and nothing of when and where it is posted. */
  public FeatureSpec picturesOnly() {
    return new FeatureSpec(blocks, FeatureView.WHOLE, List.of(), false, nuisance);
  }

  private static List<String> frequentLevels(List<String> values) {
    Map<String, Long> counts =
        values.stream()
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_LEVELS)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean isWhole(Block block) {
    return block.name().equals("whole") || block.name().startsWith("whole/");
  }

  private boolean used(Block block) {
    return view == FeatureView.WHOLE_AND_ELEMENT || (view == FeatureView.WHOLE && isWhole(block));
  }

  /** One name per column of the matrix, for example {@code element.12}, {@code country=UK}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Block block : blocks) {
      if (used(block)) {
        IntStream.range(0, block.length()).forEach(i -> names.add(block.name() + "." + i));
      }
    }
    metadata.forEach(column -> names.addAll(column.names()));
    if (calendar) {
      names.addAll(CALENDAR);
    }
    return List.copyOf(names);
  }

  /**
   * Builds the matrix.
   *
   * @param embeddings one row per post, all blocks, NaN where no element was found
   * @param posts in the same order; a variant goes with its source's post
   */
  public Features encode(float[][] embeddings, List<Post> posts) {
    if (embeddings.length != posts.size()) {
      throw new IllegalArgumentException(
          "found %d embeddings and %d posts".formatted(embeddings.length, posts.size()));
    }
    int dimension = blocks.stream().mapToInt(Block::length).sum();
    int columns = names().size();
    float[] values = new float[Math.multiplyExact(posts.size(), columns)];
    Map<String, Integer> unseen = new TreeMap<>();
    for (int i = 0; i < embeddings.length; i++) {
      if (embeddings[i].length != dimension) {
        throw new InvalidInputException(
            "embedding of post " + posts.get(i).id(),
            "found %d values; expected %d".formatted(embeddings[i].length, dimension));
      }
      float[] embedding = embeddings[i];
      float[] seen = nuisance.map(n -> n.without(embedding)).orElse(embedding);
      int at = copyBlocks(seen, values, i * columns);
      for (MetadataColumn column : metadata) {
        if (column.encode(posts.get(i), values, at)) {
          unseen.merge(column.name(), 1, Integer::sum);
        }
        at += column.names().size();
      }
      if (calendar) {
        encodeTime(posts.get(i), values, at);
      }
    }
    return new Features(new Matrix(posts.size(), columns, values), unseen);
  }

  private int copyBlocks(float[] embedding, float[] values, int start) {
    int at = start;
    int from = 0;
    for (Block block : blocks) {
      if (used(block)) {
        System.arraycopy(embedding, from, values, at, block.length());
        at += block.length();
      }
      from += block.length();
    }
    return at;
  }

  private static void encodeTime(Post post, float[] values, int at) {
    if (post.time().isEmpty()) {
      Arrays.fill(values, at, at + CALENDAR.size(), Float.NaN);
      return;
    }
    LocalDateTime time = post.time().get();
    double angle = 2 * Math.PI * (time.getHour() + time.getMinute() / 60.0) / 24;
    values[at] = (float) Math.sin(angle);
    values[at + 1] = (float) Math.cos(angle);
    values[at + 1 + time.getDayOfWeek().getValue()] = 1;
  }

  /**
   * Encoded posts.
   *
   * @param matrix one row per post
   * @param unseen metadata column to the number of posts whose level was not among the training
   *     posts' (counted as other), or was not a number where numbers are expected (left unknown)
   */
  public record Features(Matrix matrix, Map<String, Integer> unseen) {
    public Features {
      requireNonNull(matrix, "matrix is null");
      unseen = Map.copyOf(unseen);
    }
  }
}
