package dev.anvil.diffusion;

class PndmSchedulerTest extends SchedulerContract {
  @Override
  SchedulerKind kind() {
    return SchedulerKind.PNDM;
  }
}
