package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anvil.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {
  /** Diffusers' float32 table. */
  @Test
  void knowsStableDiffusionsNoiseWithoutAFile() {
    SchedulerConfig config =
        SchedulerConfigReader.read("none", MissingNode.getInstance(), Optional.empty());

    assertThat(config.kind()).isEqualTo(SchedulerKind.PNDM);
    for (Map.Entry<String, JsonNode> alpha : Traces.alphas().properties()) {
      assertThat(config.alpha(Integer.parseInt(alpha.getKey())))
          .isCloseTo(alpha.getValue().asDouble(), within(2e-6));
    }
    assertThat(config.noise().sigma(999)).isCloseTo(14.614647, within(1e-4));
    assertThat(config.noise().sigma(0)).isCloseTo(.029168, within(1e-6));
  }

  /** Values of diffusers' betas_for_alpha_bar, computed in Python from the paper's formula. */
  @Test
  void readsEveryKindOfBetas() throws JsonProcessingException {
    SchedulerConfig cosine =
        read("{\"_class_name\": \"DDIMScheduler\", \"beta_schedule\": \"squaredcos_cap_v2\"}");
    SchedulerConfig trained =
        read("{\"_class_name\": \"DDIMScheduler\", \"trained_betas\": [0.1, 0.2, 0.5]}");

    assertThat(cosine.alpha(0)).isCloseTo(.99995872, within(1e-7));
    assertThat(cosine.alpha(500)).isCloseTo(.49228517, within(1e-6));
    assertThat(trained.trainSteps()).isEqualTo(3);
    assertThat(trained.alpha(2)).isCloseTo(.9 * .8 * .5, within(1e-12));
  }

  @Test
  void gathersEverythingThatIsNotAtHand() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"_class_name": "DPMSolverMultistepScheduler", "thresholding": true,
                     "algorithm_type": "sde-dpmsolver++", "beta_schedule": "sigmoid",
                     "prediction_type": "flow", "use_lu_lambdas": true}
                    """))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "test thresholding: found true, which is not at hand; expected false",
            "test algorithm_type: found sde-dpmsolver++; expected dpmsolver++",
            "test beta_schedule: found \"sigmoid\"",
            "test prediction_type: found \"flow\"; expected one of [epsilon, v_prediction, sample]",
            "test use_lu_lambdas");
  }

  @Test
  void takesAnotherSchedulerWhereTheNamedOneIsNotAtHand() throws JsonProcessingException {
    String heun = "{\"_class_name\": \"HeunDiscreteScheduler\"}";

    assertThatThrownBy(() -> read(heun))
        .hasMessageContaining("found HeunDiscreteScheduler, which is not at hand");
    assertThat(
            SchedulerConfigReader.read(
                    "test", new JsonMapper().readTree(heun), Optional.of(SchedulerKind.EULER))
                .kind())
        .isEqualTo(SchedulerKind.EULER);
  }

  @Test
  void refusesAWarmUpThatIsNotAtHand() {
    assertThatThrownBy(
            () -> read("{\"_class_name\": \"PNDMScheduler\", \"skip_prk_steps\": false}"))
        .hasMessageContaining("skip_prk_steps: found false; expected true");
  }

  private static SchedulerConfig read(String json) throws JsonProcessingException {
    return SchedulerConfigReader.read("test", new JsonMapper().readTree(json), Optional.empty());
  }
}
