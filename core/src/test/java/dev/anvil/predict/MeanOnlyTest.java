package dev.anvil.predict;

class MeanOnlyTest extends TrainerContract {
  @Override
  Trainer trainer() {
    return new MeanOnly();
  }
}
