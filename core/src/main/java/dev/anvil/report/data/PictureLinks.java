package dev.anvil.report.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;

/**
 * Where the pictures behind the numbers of a report are, as beginnings of addresses that end with
 * an encoded name.
 *
 * @param level of the pictures of a factor's level: followed by {@code FACTOR&level=LEVEL}
 * @param element of the posts that show an element: followed by its label
 * @param posts of all posts
 * @param surprises of all posts, those first that the model understates most
 */
public record PictureLinks(String level, String element, String posts, String surprises) {
  public PictureLinks {
    requireNonNull(level, "level is null");
    requireNonNull(element, "element is null");
    requireNonNull(posts, "posts is null");
    requireNonNull(surprises, "surprises is null");
  }

  /** Of the pictures of a level. */
  public String ofLevel(String factor, String of) {
    return level + encoded(factor) + "&level=" + encoded(of);
  }

  /** Of the posts that show an element. */
  public String ofElement(String label) {
    return element + encoded(label);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
