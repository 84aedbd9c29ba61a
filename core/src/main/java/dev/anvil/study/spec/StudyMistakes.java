package dev.anvil.study.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a study's text, field by field, and which of its keys have new names. */
final class StudyMistakes {
  private final String where;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> fields = new HashSet<>();
  private final List<String> deprecations = new ArrayList<>();

  /**
   * None so far.
   *
   * @param where names the text in messages
   */
  StudyMistakes(String where) {
    this.where = where;
  }

  /** Something is wrong with a field. */
  void add(String field, String message) {
    problems.add(new Problem(where, field + " " + message));
    fields.add(field);
  }

  /** What the schema finds beyond what was said of a field already. */
  void addFromSchema(JsonNode root) {
    for (StudySchema.Mistake mistake : StudySchema.mistakes(root)) {
      if (!fields.contains(mistake.field())) {
        add(mistake.field(), mistake.message());
      }
    }
  }

  /** A key has a new name. */
  void addDeprecated(String path, String old, String now) {
    deprecations.add("%s %s%s: is now called %s; rename the key".formatted(where, path, old, now));
  }

  /** One sentence for each key that has a new name. */
  List<String> deprecations() {
    return List.copyOf(deprecations);
  }

  /** Refuses the study if anything is wrong with it. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
