package dev.anvil.engine.service.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a campaign's posts are, by content. */
public final class Posts {
  private Posts() {}

  /** SHA-256 over all that a fit of a metric learns from; pictures count by their hash. */
  public static String hash(List<Post> posts, String metric) {
    return Sha256.of(
        posts.stream()
            .map(
                p ->
                    String.join(
                        " ",
                        p.id(),
                        p.creative(),
                        p.time().map(Object::toString).orElse(""),
                        p.metric(metric).toString(),
                        new TreeMap<>(p.metadata()).toString()))
            .collect(Collectors.joining("\n")));
  }

  /** The posts by the names of their files; with the post's id where several have one name. */
  public static List<Post> named(List<Post> posts) {
    Map<String, Long> counts =
        posts.stream().collect(Collectors.groupingBy(Posts::file, Collectors.counting()));
    return posts.stream()
        .map(
            p ->
                new Post(
                    counts.get(file(p)) == 1 ? file(p) : "%s (%s)".formatted(file(p), p.id()),
                    p.creative(),
                    p.picture(),
                    p.time(),
                    p.metrics(),
                    p.metadata()))
        .toList();
  }

  private static String file(Post post) {
    return post.picture().getFileName().toString();
  }

  /** SHA-256 over all metrics, where others than the one that is learned are looked at. */
  public static String metrics(List<Post> posts) {
    return Sha256.of(
        posts.stream()
            .map(p -> p.id() + " " + new TreeMap<>(p.metrics()))
            .collect(Collectors.joining("\n")));
  }

  /** A picture that was never posted, as if it were posted at a time, or at none. */
  public static Post unposted(
      Path picture, Optional<LocalDateTime> at, Map<String, String> metadata) {
    if (!Files.isRegularFile(picture)) {
      throw new InvalidInputException(
          picture.toString(), "file does not exist; expected a picture");
    }
    try {
      return new Post(picture.toString(), Sha256.of(picture), picture, at, Map.of(), metadata);
    } catch (IOException e) {
      throw new InvalidInputException(picture.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /** Now, in whole minutes. */
  public static LocalDateTime now(Clock clock) {
    return LocalDateTime.now(clock).truncatedTo(ChronoUnit.MINUTES);
  }
}
