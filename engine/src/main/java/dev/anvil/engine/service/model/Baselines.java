package dev.anvil.engine.service.model;

import dev.anvil.predict.regressor.RandomForest;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What is compared with and not used: a random forest, regressors on tags, and what other modules
 * offer as a {@link BaselineProvider}.
 */
final class Baselines {
  private Baselines() {}

  static List<Trainer> onEmbedding(int threads, long seed) {
    List<Trainer> trainers = new ArrayList<>();
    trainers.add(RandomForest.standard(threads, seed));
    ServiceLoader.load(BaselineProvider.class)
        .forEach(provider -> trainers.addAll(provider.onEmbedding(threads, seed)));
    return trainers;
  }

  static List<Trainer> onTags(int threads, long seed) {
    List<Trainer> trainers = new ArrayList<>(List.of(Ridge.chosen()));
    trainers.addAll(treesOnTags(threads, seed));
    return trainers;
  }

  static List<Trainer> treesOnTags(int threads, long seed) {
    return List.of(XgBoost.fast(threads, seed), RandomForest.onTags(threads, seed));
  }
}
