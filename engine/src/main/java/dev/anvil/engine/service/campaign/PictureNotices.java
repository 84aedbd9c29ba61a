package dev.anvil.engine.service.campaign;

import dev.anvil.campaign.Post;
import dev.anvil.image.Decoded;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Decodes pictures and gathers what is worth telling of them, one sentence for each cause. Safe for
 * use from several threads.
 */
public final class PictureNotices {
  private static final int EXAMPLES = 3;

  private final Map<Path, List<String>> found = new ConcurrentSkipListMap<>();

  /** What is worth telling of posts' pictures, a sentence for each cause. */
  public static List<String> of(List<Post> posts) {
    PictureNotices notices = new PictureNotices();
    posts.forEach(
        post -> notices.problem(post.picture(), PictureReader.DEFAULT.bytes(post.picture())));
    return notices.sentences();
  }

  /** Why a picture cannot be used; empty when it can. */
  Optional<String> problem(Path picture, byte[] bytes) {
    try {
      Decoded decoded = PictureReader.DEFAULT.decode(picture.toString(), bytes);
      if (!decoded.notices().isEmpty()) {
        found.put(picture, decoded.notices());
      }
      return Optional.empty();
    } catch (UnreadablePictureException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** A sentence for each cause; notices that differ in numbers only have one cause. */
  List<String> sentences() {
    Map<String, List<Map.Entry<Path, String>>> causes = new TreeMap<>();
    found.forEach(
        (picture, notices) ->
            notices.forEach(
                notice ->
                    causes
                        .computeIfAbsent(notice.replaceAll("\\d+", "#"), c -> new ArrayList<>())
                        .add(Map.entry(picture, notice))));
    return causes.values().stream()
        .sorted(Comparator.comparingInt(c -> -c.size()))
        .map(PictureNotices::sentence)
        .toList();
  }

  private static String sentence(List<Map.Entry<Path, String>> pictures) {
    String first = name(pictures.get(0)) + " " + pictures.get(0).getValue();
    if (pictures.size() == 1) {
      return first;
    }
    return "%s; so with %d other%s: %s%s"
        .formatted(
            first,
            pictures.size() - 1,
            pictures.size() == 2 ? "" : "s",
            pictures.stream()
                .skip(1)
                .limit(EXAMPLES)
                .map(PictureNotices::name)
                .collect(Collectors.joining(", ")),
            pictures.size() > 1 + EXAMPLES ? ", ..." : "");
  }

  private static String name(Map.Entry<Path, String> picture) {
    return picture.getKey().getFileName().toString();
  }
}
