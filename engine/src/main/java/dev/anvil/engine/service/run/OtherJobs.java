package dev.anvil.engine.service.run;

import dev.anvil.RunContext;
import dev.anvil.engine.request.Request;

/** Does the jobs that another job is made of, or finds what did them; each stands in the ledger. */
public interface OtherJobs {
  /** Does what a request asks for. */
  <R> R run(Request<R> request, RunContext context);

  /** Does a job that its service has accepted. */
  <R> R run(Work<R> work, RunContext context);
}
