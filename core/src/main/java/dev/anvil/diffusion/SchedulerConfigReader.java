package dev.anvil.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a {@code scheduler_config.json}, gathering everything in it that cannot be done here. What
 * it does not say is as in diffusers' class of the scheduler asked for.
 */
final class SchedulerConfigReader {
  private static final String LINEAR = "linear";
  private static final String SCALED = "scaled_linear";
  private static final String COSINE = "squaredcos_cap_v2";

  private final String where;
  private final JsonNode json;
  private final List<Problem> problems = new ArrayList<>();

  private SchedulerConfigReader(String where, JsonNode json) {
    this.where = where;
    this.json = json;
  }

  /**
   * The configuration.
   *
   * @param json missing in old exports: then as published for Stable Diffusion 1.5
   * @param asked another scheduler than the one that the file names
   */
  static SchedulerConfig read(String where, JsonNode json, Optional<SchedulerKind> asked) {
    SchedulerConfigReader reader = new SchedulerConfigReader(where, json);
    SchedulerConfig config = reader.config(asked.orElseGet(reader::kind));
    if (!reader.problems.isEmpty()) {
      throw new InvalidInputException(reader.problems);
    }
    return config;
  }

  private SchedulerKind kind() {
    String name = json.path("_class_name").asText("PNDMScheduler");
    return SchedulerKind.ofClass(name)
        .orElseGet(
            () -> {
              problem(
                  "_class_name",
                  "found %s, which is not at hand; expected to be told another one of %s"
                      .formatted(name, SchedulerKind.names()));
              return SchedulerKind.PNDM;
            });
  }

  private SchedulerConfig config(SchedulerKind kind) {
    refuse("thresholding", "rescale_betas_zero_snr", "use_exponential_sigmas", "use_beta_sigmas");
    refuse("use_flow_sigmas", "use_lu_lambdas");
    if (kind == SchedulerKind.PNDM && !json.isMissingNode()) {
      expect("skip_prk_steps", "true", "false");
    }
    if (kind == SchedulerKind.EULER) {
      expect("interpolation_type", LINEAR, LINEAR);
      expect("timestep_type", "discrete", "discrete");
    }
    if (kind == SchedulerKind.DPMPP_2M) {
      expect("algorithm_type", "dpmsolver++", "dpmsolver++");
      expect("solver_type", "midpoint", "midpoint");
      expect("solver_order", "2", "2");
    }
    boolean clips = flag("clip_sample", kind == SchedulerKind.DDIM && !json.isMissingNode());
    return new SchedulerConfig(
        kind,
        NoiseTable.of(betas(kind)),
        choice("prediction_type", Prediction.class, Prediction.EPSILON),
        choice("timestep_spacing", Spacing.class, kind.spacing()),
        (int) number("steps_offset", json.isMissingNode() ? 1 : 0, 0, 1),
        flag("set_alpha_to_one", kind != SchedulerKind.PNDM && !json.isMissingNode()),
        clips ? number("clip_sample_range", 1, 0, Double.MAX_VALUE) : Double.POSITIVE_INFINITY,
        flag("use_karras_sigmas", false),
        flag("lower_order_final", true),
        flag("euler_at_final", false),
        json.path("final_sigmas_type").asText("zero").equals("sigma_min"),
        (int) number("original_inference_steps", 50, 1, 1000),
        number("timestep_scaling", 10, 0, 1e6));
  }

  private double[] betas(SchedulerKind kind) {
    int n = (int) number("num_train_timesteps", 1000, 2, 100_000);
    JsonNode trained = json.path("trained_betas");
    if (trained.isArray() && !trained.isEmpty()) {
      double[] out = new double[trained.size()];
      Arrays.setAll(out, i -> trained.get(i).asDouble());
      return out;
    }
    boolean latent = json.isMissingNode() || kind == SchedulerKind.LCM;
    double from = number("beta_start", latent ? .00085 : .0001, 0, 1);
    double to = number("beta_end", latent ? .012 : .02, 0, 1);
    String schedule = json.path("beta_schedule").asText(latent ? SCALED : LINEAR);
    double[] out = new double[n];
    switch (schedule) {
      case LINEAR -> Arrays.setAll(out, i -> from + (to - from) * i / (n - 1));
      case SCALED ->
          Arrays.setAll(
              out,
              i -> {
                double root = Math.sqrt(from) + (Math.sqrt(to) - Math.sqrt(from)) * i / (n - 1);
                return root * root;
              });
      case COSINE ->
          Arrays.setAll(out, i -> Math.min(.999, 1 - bar((i + 1.0) / n) / bar((double) i / n)));
      default ->
          problem(
              "beta_schedule",
              "found \"%s\"; expected %s, %s or %s".formatted(schedule, LINEAR, SCALED, COSINE));
    }
    return out;
  }

  /** Nichol and Dhariwal (2021), equation 17. */
  private static double bar(double time) {
    double cosine = Math.cos((time + .008) / 1.008 * Math.PI / 2);
    return cosine * cosine;
  }

  private void refuse(String... fields) {
    for (String field : fields) {
      if (json.path(field).asBoolean(false)) {
        problem(field, "found true, which is not at hand; expected false");
      }
    }
  }

  private void expect(String field, String expected, String standard) {
    String found = json.path(field).asText(standard);
    if (!found.equals(expected)) {
      problem(field, "found %s; expected %s".formatted(found, expected));
    }
  }

  private boolean flag(String field, boolean standard) {
    return json.path(field).asBoolean(standard);
  }

  private double number(String field, double standard, double least, double most) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return standard;
    }
    if (!value.isNumber() || value.asDouble() < least || value.asDouble() > most) {
      problem(field, "found %s; expected a number from %s to %s".formatted(value, least, most));
      return standard;
    }
    return value.asDouble();
  }

  private <T extends Enum<T>> T choice(String field, Class<T> type, T standard) {
    String found = json.path(field).asText(standard.name().toLowerCase(Locale.ROOT));
    for (T value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(found)) {
        return value;
      }
    }
    problem(
        field,
        "found \"%s\"; expected one of %s"
            .formatted(found, Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    return standard;
  }

  private void problem(String field, String message) {
    problems.add(new Problem(where + " " + field, message));
  }
}
