package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DdimSchedulerTest extends SchedulerContract {
  @Override
  SchedulerKind kind() {
    return SchedulerKind.DDIM;
  }

  /**
   * docs/model-contracts.md section D.1: sums that diffusers' own tests assert, with linear betas
   * and 10 steps.
   */
  @Test
  void givesTheSumsOfDiffusersTests() {
    String linear =
        "{\"beta_schedule\": \"linear\", \"beta_start\": %s, \"beta_end\": 0.02,"
            + " \"steps_offset\": 0, %s}";
    assertThat(sum(linear.formatted("0.0001", "\"clip_sample\": true")))
        .isCloseTo(172.0067, within(1e-2));
    assertThat(
            sum(
                linear.formatted(
                    "0.0001", "\"clip_sample\": true, \"prediction_type\": \"v_prediction\"")))
        .isCloseTo(52.5302, within(1e-2));
    assertThat(sum(linear.formatted("0.01", "\"clip_sample\": true, \"set_alpha_to_one\": true")))
        .isCloseTo(149.8295, within(1e-2));
    assertThat(sum(linear.formatted("0.01", "\"clip_sample\": true, \"set_alpha_to_one\": false")))
        .isCloseTo(149.0784, within(1e-2));
  }

  @Test
  void spacesTimesteps() {
    assertThat(config("{}").run(5, 1).timesteps()).isEqualTo(List.of(801., 601., 401., 201., 1.));
    assertThat(config("{\"timestep_spacing\": \"trailing\"}").run(2, 1).timesteps())
        .isEqualTo(List.of(999., 499.));
    assertThat(config("{\"timestep_spacing\": \"linspace\"}").run(5, 1).timesteps())
        .isEqualTo(List.of(999., 749., 500., 250., 0.));
  }

  private double sum(String json) {
    Scheduler run = config(json).run(10, 1);
    float[] latent = Traces.sample();
    for (int i = 0; i < 10; i++) {
      latent = run.step(latent, Traces.model(latent, run.timesteps().get(i)), i, Traces::noise);
    }
    float[] end = latent;
    return IntStream.range(0, end.length).mapToDouble(i -> Math.abs(end[i])).sum();
  }
}
