package dev.anvil.edit.remote;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds secrets where none may be: in study files, workflows and command lines. */
final class SecretGuard {
  private static final Pattern NAME =
      Pattern.compile(
          ".*(password|passwd|secret|token|api_?key|authorization|credential).*|auth|key");

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("\\b(sk|pk)-[A-Za-z0-9_-]{16,}"),
          Pattern.compile("\\b(hf|r8|ghp)_[A-Za-z0-9]{24,}"),
          Pattern.compile("(?i)\\b(bearer|basic)\\s+(?=\\S*\\d)[A-Za-z0-9+/=._-]{12,}"),
          Pattern.compile("://[^/\\s?#]*@"));

  private final List<String> known;

  /**
   * @param known secrets' values
   */
  SecretGuard(Collection<String> known) {
    this.known = known.stream().map(String::strip).filter(v -> v.length() >= 4).toList();
  }

  /** Whether a parameter has a secret's name and a value, or a value that looks like one. */
  boolean finds(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().anyMatch(e -> finds(String.valueOf(e.getKey()), e.getValue()));
    }
    if (value instanceof Collection<?> many) {
      return many.stream().anyMatch(v -> finds(name, v));
    }
    String plain = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return value instanceof String text
        && ((NAME.matcher(plain).matches() && !text.isBlank()) || finds(text));
  }

  /** Whether a text holds something that looks like a secret, or one of those known. */
  boolean finds(String text) {
    return known.stream().anyMatch(text::contains)
        || FORMS.stream().anyMatch(form -> form.matcher(text).find());
  }
}
