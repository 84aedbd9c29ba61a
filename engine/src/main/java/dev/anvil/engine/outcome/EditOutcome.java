package dev.anvil.engine.outcome;

import dev.anvil.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of edits.
 *
 * @param made number of files written
 * @param kept number of files that were there
 * @param files all of them
 * @param invalid files whose edit did not pass its checks, with the reasons
 * @param problems pictures that could not be edited
 */
public record EditOutcome(
    long run,
    int made,
    int kept,
    List<Path> files,
    Map<String, List<String>> invalid,
    List<Problem> problems)
    implements Outcome {
  public EditOutcome {
    files = List.copyOf(files);
    invalid = Collections.unmodifiableMap(new LinkedHashMap<>(invalid));
    problems = List.copyOf(problems);
  }
}
