package dev.anvil.lab.mlp;

import dev.anvil.engine.service.model.BaselineProvider;
import dev.anvil.predict.regressor.Trainer;
import java.util.List;

/** Offers the multilayer perceptron of the paper's comparison as a baseline of fits. */
public final class MlpBaseline implements BaselineProvider {
  @Override
  public List<Trainer> onEmbedding(int threads, long seed) {
    return List.of(Mlp.standard(seed));
  }
}
