package dev.anvil.predict.regressor;

class MeanOnlyTest extends TrainerContract {
  @Override
  Trainer trainer() {
    return new MeanOnly();
  }
}
