package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.engine.outcome.GenerateOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Make pictures from words.
 *
 * @param prompts what to paint, at least one
 * @param pack to paint with; empty for the first of Stable Diffusion
 * @param parameters of the generator, such as {@code steps} or {@code width}
 * @param folder paths in the parameters are relative to it
 * @param seeds of the noise, each making a picture of each prompt
 * @param output folder of the pictures; those that are there with the same request are kept
 */
public record GeneratePicturesRequest(
    List<String> prompts,
    Optional<String> pack,
    Map<String, Object> parameters,
    Path folder,
    List<Long> seeds,
    Path output)
    implements Request<GenerateOutcome> {
  public static final String JOB = "generate";

  public GeneratePicturesRequest {
    prompts = List.copyOf(prompts);
    pack = pack == null ? Optional.empty() : pack;
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    folder = absolute(folder);
    seeds = List.copyOf(seeds);
    output = absolute(output);
    List<Problem> problems = new ArrayList<>();
    if (prompts.isEmpty() || prompts.stream().anyMatch(String::isBlank)) {
      problems.add(
          new Problem("prompts", "found %s; expected at least one, none empty".formatted(prompts)));
    }
    if (seeds.isEmpty()) {
      problems.add(new Problem("seeds", "found none; expected at least 1"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  @Override
  public String job() {
    return JOB;
  }

  @Override
  public long randomSeed() {
    return seeds.get(0);
  }
}
