package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import dev.anvil.diffusion.Traces.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every scheduler keeps to. */
abstract class SchedulerContract {
  abstract SchedulerKind kind();

  @Test
  void followsEveryTraceOfDiffusers() {
    assertThat(Traces.of(kind())).isNotEmpty();
    Traces.of(kind()).forEach(SchedulerContract::follow);
  }

  private static void follow(Trace trace) {
    double strength = trace.strength().orElse(1.);
    Scheduler run = trace.config().run(trace.steps(), strength);
    JsonNode expected = trace.json();
    assertThat(run.timesteps()).as(trace.name()).hasSize(expected.path("timesteps").size());
    assertThat(run.initialSigma())
        .as(trace.name())
        .isCloseTo(expected.path("init_noise_sigma").asDouble(), within(1e-4));
    float[] latent =
        trace.strength().isPresent()
            ? run.noised(Traces.sample(), Traces.noise(), 0)
            : Latents.times(run.initialSigma(), Traces.sample());
    compare(trace.name() + " start", latent, expected.path("start_first8"));
    for (int i = 0; i < run.timesteps().size(); i++) {
      String where = trace.name() + " step " + i;
      JsonNode step = expected.path("steps").get(i);
      double t = run.timesteps().get(i);
      assertThat(t).as(where).isCloseTo(step.path("t").asDouble(), within(1e-3));
      float[] input = run.scaled(latent, i);
      compare(where + " input", input, step.path("model_input_first4"));
      latent = run.step(latent, Traces.model(input, t), i, Traces::noise);
      compare(where, latent, step.path("x_first8"));
      assertThat(latent[latent.length - 1])
          .as(where)
          .isCloseTo((float) step.path("x_last").asDouble(), within(1e-4f));
      assertThat(sum(latent))
          .as(where)
          .isCloseTo(step.path("sum_abs").asDouble(), within(2e-5 * Traces.SIZE));
    }
  }

  private static void compare(String where, float[] found, JsonNode expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found[i]).as(where).isCloseTo((float) expected.get(i).asDouble(), within(1e-4f));
    }
  }

  private static double sum(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).sum();
  }

  @Test
  void visitsFallingTimestepsInTheTable() {
    for (int steps : new int[] {1, 2, 3, 7, 20, 50}) {
      List<Double> times = config("{}").run(steps, 1).timesteps();
      assertThat(times).allSatisfy(t -> assertThat(t).isBetween(0., 999.));
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i)).isLessThanOrEqualTo(times.get(i - 1));
      }
    }
  }

  @Test
  void arrivesAtTheCleanLatentThatAPerfectModelKnows() {
    for (String prediction : List.of("epsilon", "v_prediction", "sample")) {
      SchedulerConfig config =
          config("{\"prediction_type\": \"%s\", \"clip_sample\": false}".formatted(prediction));
      Scheduler run = config.run(20, 1);
      float[] latent = Latents.times(run.initialSigma(), Traces.noise());
      for (int i = 0; i < run.timesteps().size(); i++) {
        float[] input = run.scaled(latent, i);
        double alpha = config.alpha(run.timesteps().get(i));
        latent = run.step(latent, perfect(config, input, alpha), i, Traces::noise);
      }
      double error = 0;
      for (int i = 0; i < latent.length; i++) {
        error = Math.max(error, Math.abs(latent[i] - Traces.sample()[i]));
      }
      assertThat(error).as(prediction).isLessThan(.12); // the last timestep keeps some noise
    }
  }

  private static float[] perfect(SchedulerConfig config, float[] input, double alpha) {
    double a = Math.sqrt(alpha);
    double b = Math.sqrt(1 - alpha);
    float[] clean = Traces.sample();
    float[] out = new float[input.length];
    for (int i = 0; i < out.length; i++) {
      double noise = (input[i] - a * clean[i]) / b;
      out[i] =
          (float)
              switch (config.prediction()) {
                case EPSILON -> noise;
                case V_PREDICTION -> a * noise - b * clean[i];
                case SAMPLE -> clean[i];
              };
    }
    return out;
  }

  @Test
  void givesTheCleanLatentAfterTheLastStep() {
    Scheduler run = config("{}").run(4, 1);

    assertThat(run.noised(Traces.sample(), Traces.noise(), run.timesteps().size()))
        .isEqualTo(Traces.sample());
    assertThat(run.noised(Traces.sample(), Traces.noise(), 0)).isNotEqualTo(Traces.sample());
  }

  @Test
  void doesNotWriteToWhatItIsGiven() {
    Scheduler run = config("{}").run(3, 1);
    float[] latent = Traces.sample();
    float[] output = Traces.noise();
    for (int i = 0; i < run.timesteps().size(); i++) {
      run.step(latent, output, i, Traces::noise);
    }
    run.noised(latent, output, 0);

    assertThat(latent).isEqualTo(Traces.sample());
    assertThat(output).isEqualTo(Traces.noise());
  }

  @Test
  void refusesRunsWithoutASteps() {
    assertThatThrownBy(() -> config("{}").run(0, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("steps: found 0; expected 1 to 500");
    assertThatThrownBy(() -> config("{}").run(4, 0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> config("{}").run(4, .01))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("strength: found 0.01, which leaves 0 steps");
  }

  SchedulerConfig config(String json) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("beta_schedule", "scaled_linear").put("beta_start", .00085).put("beta_end", .012);
    node.put("skip_prk_steps", true).put("steps_offset", 1);
    try {
      node.setAll((ObjectNode) new com.fasterxml.jackson.databind.json.JsonMapper().readTree(json));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return SchedulerConfigReader.read("test", node, Optional.of(kind()));
  }
}
