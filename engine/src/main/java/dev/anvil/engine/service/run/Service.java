package dev.anvil.engine.service.run;

import dev.anvil.engine.request.Request;

/**
 * Accepts the requests of one job.
 *
 * @param <Q> the request
 * @param <R> the result
 */
public interface Service<Q extends Request<R>, R> {
  /**
   * Fills in what a request leaves open and says what its result depends on. Quick: the work itself
   * comes later.
   *
   * @throws dev.anvil.AnvilException when the request cannot be done
   */
  Work<R> accept(Q request);
}
