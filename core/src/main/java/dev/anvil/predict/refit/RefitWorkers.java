package dev.anvil.predict.refit;

import dev.anvil.predict.regressor.Trainer;

/** Who makes refits: this process, or a cluster. A fit is never divided. */
@FunctionalInterface
public interface RefitWorkers {
  /** This process, one after another. */
  RefitWorkers HERE = (trainer, threads, seed) -> trainer;

  /**
   * A trainer of the same regressors, to the last bit, whose many fits these workers make.
   *
   * @param threads that the trainer fits with
   * @param seed of all that is random in it
   */
  Trainer spread(Trainer trainer, int threads, long seed);
}
