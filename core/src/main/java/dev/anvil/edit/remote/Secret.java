package dev.anvil.edit.remote;

import dev.anvil.InvalidInputException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What lets a user into a server. It leaves an object of this class as a header only. */
final class Secret {
  private static final String HIDDEN = "***";

  private final String authorization;
  private final List<String> forms;

  private Secret(String authorization, Stream<String> parts) {
    this.authorization = authorization;
    this.forms =
        parts
            .flatMap(p -> Stream.of(p, base64(p), URLEncoder.encode(p, StandardCharsets.UTF_8)))
            .filter(form -> !form.isEmpty())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** A name and a password as {@code name:password}; empty where the variable is not set. */
  static Optional<Secret> basic(Map<String, String> environment, String variable) {
    return value(environment, variable)
        .map(
            pair -> {
              int colon = pair.indexOf(':');
              if (colon < 1) {
                throw new InvalidInputException(
                    variable, "found no colon in its value; expected name:password");
              }
              return new Secret(
                  "Basic " + base64(pair), Stream.of(pair, pair.substring(colon + 1)));
            });
  }

  /** A key that is sent as it is; empty where the variable is not set. */
  static Optional<Secret> bearer(Map<String, String> environment, String variable) {
    return value(environment, variable).map(key -> new Secret("Bearer " + key, Stream.of(key)));
  }

  private static Optional<String> value(Map<String, String> environment, String variable) {
    Optional<String> value =
        Optional.ofNullable(environment.get(variable)).map(String::strip).filter(v -> !v.isEmpty());
    if (value.filter(v -> v.chars().anyMatch(c -> c < ' ' || c > '~')).isPresent()) {
      throw new InvalidInputException(
          variable, "found characters in its value that no header can carry; expected ASCII");
    }
    return value;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of the Authorization header. */
  String authorization() {
    return authorization;
  }

  /** The text without any form of this secret. */
  String redact(String text) {
    String out = text;
    for (String form : forms) {
      out = out.replace(form, HIDDEN);
    }
    return out;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
