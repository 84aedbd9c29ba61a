package dev.anvil.study.starter;

import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of YAML. */
final class Yaml {
  private static final int WIDTH = 96;

  private Yaml() {}

  /** As it stands where that is clear, else in quotation marks. */
  static String text(String text) {
    return text.matches("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z](?:[\\w ]*\\w)?")
        ? text
        : '"' + plain(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Lines of comment, indented by two. */
  static String comment(String sentences) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : plain(sentences).split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        out.append("  #").append(line).append('\n');
        line.setLength(0);
      }
      line.append(' ').append(word);
    }
    return out.append("  #").append(line).append('\n').toString();
  }

  /** On one line: file names may hold anything. */
  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\ufeff]", " ");
  }
}
