package dev.anvil.lab.attack;

/**
 * Hostile input.
 *
 * @param name in a few words
 * @param mustBeRefused whether reading it would be wrong
 * @param content of the file
 */
record HostileCase(String name, boolean mustBeRefused, byte[] content) {
  static HostileCase refused(String name, byte[] content) {
    return new HostileCase(name, true, content);
  }

  static HostileCase refused(String name, String content) {
    return refused(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static HostileCase any(String name, byte[] content) {
    return new HostileCase(name, false, content);
  }

  static HostileCase any(String name, String content) {
    return any(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Whether the answer is one that this input may get. */
  boolean holds(Answer answer) {
    return answer.isRefused() || (!mustBeRefused && answer.isOrderly());
  }
}
