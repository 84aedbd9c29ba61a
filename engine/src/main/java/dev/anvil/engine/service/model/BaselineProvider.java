package dev.anvil.engine.service.model;

import dev.anvil.predict.regressor.Trainer;
import java.util.List;

/**
 * Regressors that fits are compared with and never use; found with {@link java.util.ServiceLoader}.
 */
public interface BaselineProvider {
  /** Regressors on the whole embedding. */
  List<Trainer> onEmbedding(int threads, long seed);
}
