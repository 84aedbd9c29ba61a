package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;
import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.outcome.WhatIfOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Edit one picture and say what the edit changes in what is expected of it.
 *
 * @param model run of the fit; empty for the one in use
 * @param picture id of a post of its campaign, or a file
 * @param element labels of the element to change; "background" and "picture" (all of it) always
 *     exist
 * @param editor name; empty for {@code diffusion}
 * @param parameters of the editor
 * @param folder paths in the parameters are relative to it
 * @param seeds of what the editor draws, each making a variant
 * @param output folder that variants are written to; empty for {@code what-if} in the workspace
 */
public record WhatIfRequest(
    Optional<Long> model,
    String picture,
    List<String> element,
    Optional<String> editor,
    Map<String, Object> parameters,
    Path folder,
    List<Long> seeds,
    Optional<Path> output)
    implements Request<WhatIfOutcome> {
  public static final String JOB = "what-if";

  private static final int MOST_SEEDS = 100;

  public WhatIfRequest {
    model = model == null ? Optional.empty() : model;
    requireNonNull(picture, "picture is null");
    element = element == null ? List.of() : List.copyOf(element);
    editor = editor == null ? Optional.empty() : editor;
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    folder = absolute(requireNonNull(folder, "folder is null"));
    seeds = seeds == null ? List.of(1L) : List.copyOf(seeds);
    output = output == null ? Optional.empty() : output.map(Paths::absolute);
    if (element.isEmpty()) {
      throw new InvalidInputException("element", "found none; expected labels of an element");
    }
    if (seeds.isEmpty() || seeds.size() > MOST_SEEDS) {
      throw new InvalidInputException(
          "seeds", "found %d; expected 1 to %d".formatted(seeds.size(), MOST_SEEDS));
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
