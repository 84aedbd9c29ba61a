package dev.anvil.engine.service.model;

import dev.anvil.FileStamp;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.ChangedPictureException;
import dev.anvil.store.ResultStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds pictures of a campaign that were replaced since they were recorded, those too of which all
 * results are kept and that nobody would read. A file whose size and time of change are those that
 * it was hashed at is not hashed again.
 */
final class ReplacedPictures {
  private static final String STAMP = "picture-stamp";

  private final ResultStore results;

  ReplacedPictures(ResultStore results) {
    this.results = results;
  }

  /**
   * Looks at every picture that is there; a missing one is missed by whoever reads it.
   *
   * @throws InvalidInputException with every picture that has other bytes than were recorded
   */
  void check(List<Post> posts) {
    List<Problem> problems = new ArrayList<>();
    Map<String, byte[]> stamps = new HashMap<>();
    Set<Path> seen = new HashSet<>();
    for (Post post : posts) {
      if (seen.add(post.picture()) && Files.isRegularFile(post.picture())) {
        try {
          check(post, stamps).ifPresent(problems::add);
        } catch (IOException e) {
          problems.add(new Problem(post.picture().toString(), "cannot be read: " + e.getMessage()));
        }
      }
    }
    if (!stamps.isEmpty()) {
      results.putAll(STAMP, stamps);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private Optional<Problem> check(Post post, Map<String, byte[]> stamps) throws IOException {
    String key = Sha256.of(post.creative() + " " + post.picture().toAbsolutePath());
    FileStamp stamp = FileStamp.of(post.picture());
    if (results.get(STAMP, key).flatMap(FileStamp::parse).equals(Optional.of(stamp))) {
      return Optional.empty();
    }
    Instant before = Instant.now();
    String found = Sha256.of(post.picture());
    if (!found.equals(post.creative())) {
      return Optional.of(
          new ChangedPictureException(post.picture(), found, post.creative()).problem());
    }
    if (stamp.isSettled(before)) {
      stamps.put(key, stamp.text().getBytes(StandardCharsets.UTF_8));
    }
    return Optional.empty();
  }
}
