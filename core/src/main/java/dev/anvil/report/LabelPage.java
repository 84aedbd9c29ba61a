package dev.anvil.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Resources;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * One HTML file on which a person says which level each of some posts shows. It opens from a folder
 * without a network, sends nothing, keeps what was said in the browser, and gives back a label
 * file.
 *
 * @param study its name
 * @param factor its name, the column of the label file
 * @param title of the factor, for people
 * @param levels to choose from
 * @param other what a label file says of a post that shows none of them
 * @param posts in the order in which they are asked for
 * @param columns of the label file that there is already, {@code id} the first
 * @param rows of that file, which are given back with the new labels
 */
public record LabelPage(
    String study,
    String factor,
    String title,
    List<Level> levels,
    String other,
    List<Item> posts,
    List<String> columns,
    List<List<String>> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public LabelPage {
    requireNonNull(study, "study is null");
    requireNonNull(factor, "factor is null");
    requireNonNull(title, "title is null");
    requireNonNull(other, "other is null");
    levels = List.copyOf(levels);
    posts = List.copyOf(posts);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A level.
   *
   * @param colour in hexadecimal digits, to show beside its name; empty for none
   * @param examples pictures of it, as {@link #jpeg} gives them
   */
  public record Level(String name, String colour, List<String> examples) {}

  /**
   * A post.
   *
   * @param file name of its picture
   * @param picture as {@link #jpeg} gives it
   */
  public record Item(String id, String file, String picture) {}

  /** A picture as a page holds it. */
  public static String jpeg(byte[] bytes) {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  /** The page as text. */
  public String html() {
    String script = Resources.text("label.js");
    return Html.of(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
            style-src 'unsafe-inline'; script-src 'sha256-{}'; form-action 'none'; base-uri 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Labels: {}</title>
            <link rel="icon" href="data:,">
            <style>{}</style>
            </head>
            <body>
            <noscript>This page needs JavaScript, which this browser does not run.</noscript>
            <main id="page"></main>
            <script type="application/json" id="data">{}</script>
            <script>{}</script>
            </body>
            </html>
            """,
            sha256(script),
            title,
            Html.raw(Resources.text("label.css")),
            Html.raw(Chart.forScript(json())),
            Html.raw(script))
        .toString();
  }

  private String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
