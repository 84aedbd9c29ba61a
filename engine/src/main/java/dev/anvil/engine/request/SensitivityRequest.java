package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.SensitivityOutcome;
import java.util.List;

/**
 * Run a study under changes that should not matter: folds, posts, regressor, encoder, editor.
 *
 * @param what study and model
 * @param encoders to fit and run it with too
 * @param others studies of the same factors and levels with other editors
 */
public record SensitivityRequest(
    StudyOnModel what, List<EncoderChoice> encoders, List<StudyText> others)
    implements Request<SensitivityOutcome> {
  public static final String JOB = "sensitivity";

  public SensitivityRequest {
    requireNonNull(what, "what is null");
    encoders = encoders == null ? List.of() : List.copyOf(encoders);
    others = others == null ? List.of() : List.copyOf(others);
  }

  @Override
  public String job() {
    return JOB;
  }
}
