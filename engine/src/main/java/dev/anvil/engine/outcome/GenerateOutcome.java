package dev.anvil.engine.outcome;

import java.nio.file.Path;
import java.util.List;

/**
 * Pictures made from words.
 *
 * @param made number of files written
 * @param kept number of files that were there
 * @param files all of them, prompt by prompt
 */
public record GenerateOutcome(long run, int made, int kept, List<Path> files) implements Outcome {
  public GenerateOutcome {
    files = List.copyOf(files);
  }
}
