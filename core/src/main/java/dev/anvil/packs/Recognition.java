package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a network turned out to be.
 *
 * @param part its kind and role, empty when nothing is known that looks like it
 * @param refusal why it cannot be used although it is known, or what is missing to decide
 */
record Recognition(Optional<Part> part, Optional<String> refusal) {
  /** A network's place in a pack. */
  record Part(PackKind kind, String role) {}

  static final Recognition UNKNOWN = new Recognition(Optional.empty(), Optional.empty());

  Recognition {
    requireNonNull(part, "part is null");
    requireNonNull(refusal, "refusal is null");
  }

  static Recognition of(PackKind kind, String role) {
    return new Recognition(Optional.of(new Part(kind, role)), Optional.empty());
  }

  static Recognition refused(String reason) {
    return new Recognition(Optional.empty(), Optional.of(reason));
  }
}
