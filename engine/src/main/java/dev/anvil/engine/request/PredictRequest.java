package dev.anvil.engine.request;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.PredictOutcome;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Say how new pictures will do.
 *
 * @param model run of the fit; empty for the one in use
 * @param pictures files
 * @param metadata of the posts, such as channel
 * @param at when they are posted; empty for the end of the campaign
 * @param usual metric of the account that posts them, where the model takes accounts apart and does
 *     not know this one; else empty
 */
public record PredictRequest(
    Optional<Long> model,
    List<Path> pictures,
    Map<String, String> metadata,
    Optional<LocalDateTime> at,
    Optional<Double> usual)
    implements Request<PredictOutcome> {
  public static final String JOB = "predict";

  /** Of an account that the model knows, or of a model that takes no account of accounts. */
  public PredictRequest(
      Optional<Long> model,
      List<Path> pictures,
      Map<String, String> metadata,
      Optional<LocalDateTime> at) {
    this(model, pictures, metadata, at, Optional.empty());
  }

  public PredictRequest {
    model = model == null ? Optional.empty() : model;
    pictures = pictures.stream().map(Paths::absolute).toList();
    metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    at = at == null ? Optional.empty() : at;
    usual = usual == null ? Optional.empty() : usual;
    if (pictures.isEmpty()) {
      throw new InvalidInputException("pictures", "found none; expected at least one");
    }
  }

  /** New pictures on the model in use, posted at the end of its campaign. */
  public static PredictRequest of(List<Path> pictures) {
    return new PredictRequest(Optional.empty(), pictures, Map.of(), Optional.empty());
  }

  @Override
  public String job() {
    return JOB;
  }
}
