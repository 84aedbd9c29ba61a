package dev.anvil.study.starter;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a starter study says of one kind of change.
 *
 * @param comment what was found, what has too few posts, and how many it would need
 * @param factor its YAML, indented by two; empty where the posts do not allow it
 */
record StarterPart(String comment, Optional<String> factor) {
  StarterPart {
    requireNonNull(comment, "comment is null");
    requireNonNull(factor, "factor is null");
  }

  static StarterPart none(String comment) {
    return new StarterPart(comment, Optional.empty());
  }
}
