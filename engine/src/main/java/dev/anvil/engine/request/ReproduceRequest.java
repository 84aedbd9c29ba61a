package dev.anvil.engine.request;

import dev.anvil.engine.outcome.ReproduceOutcome;
import java.util.Optional;

/**
 * Do the work of a finished fit or study again and list every difference in what it made.
 *
 * @param run to do again; empty for the newest fit or study
 * @param fromScratch whether nothing is reused that earlier work has left
 */
public record ReproduceRequest(Optional<Long> run, boolean fromScratch)
    implements Request<ReproduceOutcome> {
  public static final String JOB = "reproduce";

  public ReproduceRequest {
    run = run == null ? Optional.empty() : run;
  }

  @Override
  public String job() {
    return JOB;
  }
}
