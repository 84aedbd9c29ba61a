package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LcmSchedulerTest extends SchedulerContract {
  @Override
  SchedulerKind kind() {
    return SchedulerKind.LCM;
  }

  /** docs/model-contracts.md section 5.7. */
  @Test
  void picksTimestepsFromTheDistillationsSchedule() {
    assertThat(config("{}").run(4, 1).timesteps()).isEqualTo(List.of(999., 759., 499., 259.));
    assertThat(config("{}").run(8, 1).timesteps())
        .isEqualTo(List.of(999., 879., 759., 639., 499., 379., 259., 139.));
    assertThat(config("{}").run(4, .5).timesteps()).isEqualTo(List.of(499., 379., 259., 139.));
    assertThat(config("{}").run(8, .5).timesteps())
        .isEqualTo(List.of(499., 439., 379., 319., 259., 199., 139., 79.));
  }
}
