package dev.anvil.diffusion;

class EulerSchedulerTest extends SchedulerContract {
  @Override
  SchedulerKind kind() {
    return SchedulerKind.EULER;
  }
}
