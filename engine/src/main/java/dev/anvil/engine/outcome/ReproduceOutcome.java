package dev.anvil.engine.outcome;

import dev.anvil.workspace.Difference;
import java.util.List;

/**
 * What came of doing a run again.
 *
 * @param reproduced run that was done again; it stays as it is
 * @param job of that run
 * @param fromScratch whether nothing was reused that earlier work had left
 * @param differences none when the run is reproduced
 */
public record ReproduceOutcome(
    long run, long reproduced, String job, boolean fromScratch, List<Difference> differences)
    implements Outcome {
  public ReproduceOutcome {
    differences = List.copyOf(differences);
  }
}
