package dev.anvil.diffusion;

class DpmSchedulerTest extends SchedulerContract {
  @Override
  SchedulerKind kind() {
    return SchedulerKind.DPMPP_2M;
  }
}
