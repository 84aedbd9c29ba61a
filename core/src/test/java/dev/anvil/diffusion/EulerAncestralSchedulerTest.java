package dev.anvil.diffusion;

class EulerAncestralSchedulerTest extends SchedulerContract {
  @Override
  SchedulerKind kind() {
    return SchedulerKind.EULER_ANCESTRAL;
  }
}
