package dev.anvil.predict.regressor;

class MeanOnlyTest extends TrainerContract {
  @Override
  protected Trainer trainer() {
    return new MeanOnly();
  }
}
