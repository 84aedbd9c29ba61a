package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;
import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.engine.outcome.EditOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Change one element of pictures.
 *
 * @param pictures files
 * @param element labels of the element to change; "background" and "picture" (all of it)
 *     always exist
 * @param segmenter that finds it
 * @param editor name; empty for {@code diffusion}
 * @param prompts what to paint, each making a variant; empty where the editor takes none
 * @param pack to paint with; empty for the first of Stable Diffusion
 * @param parameters of the editor
 * @param folder paths in the parameters are relative to it
 * @param seeds of what the editor draws, each making a variant
 * @param output what to write
 */
public record EditPicturesRequest(
    List<Path> pictures,
    List<String> element,
    SegmenterChoice segmenter,
    Optional<String> editor,
    List<String> prompts,
    Optional<String> pack,
    Map<String, Object> parameters,
    Path folder,
    List<Long> seeds,
    Output output)
    implements Request<EditOutcome> {
  public static final String JOB = "edit";

  /**
   * Where variants go.
   *
   * @param file PNG of the only variant, written anew; or
   * @param batch folder of many variants; those that are there with the same request are kept
   */
  public record Output(Optional<Path> file, Optional<Path> batch) {
    public Output {
      file = file == null ? Optional.empty() : file.map(Paths::absolute);
      batch = batch == null ? Optional.empty() : batch.map(Paths::absolute);
    }
  }

  public EditPicturesRequest {
    pictures = pictures.stream().map(Paths::absolute).toList();
    element = List.copyOf(element);
    segmenter = segmenter == null ? SegmenterChoice.BUNDLED : segmenter;
    editor = editor == null ? Optional.empty() : editor;
    prompts = prompts == null ? List.of() : List.copyOf(prompts);
    pack = pack == null ? Optional.empty() : pack;
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    folder = absolute(folder);
    seeds = List.copyOf(seeds);
    requireNonNull(output, "output is null");
    List<Problem> problems = new ArrayList<>();
    if (output.file().isPresent() == output.batch().isPresent()) {
      problems.add(new Problem("output", "expected either a file or a batch folder"));
    }
    if (editor.isEmpty() && prompts.isEmpty()) {
      problems.add(new Problem("editor", "found neither editor nor prompt; expected one"));
    }
    if (seeds.isEmpty()) {
      problems.add(new Problem("seeds", "found none; expected at least 1"));
    }
    if (pictures.isEmpty()) {
      problems.add(new Problem("pictures", "found none; expected at least one"));
    }
    if (output.file().isPresent()
        && pictures.size() * Math.max(1, prompts.size()) * seeds.size() > 1) {
      problems.add(
          new Problem("output", "found more than one variant to make; expected a batch folder"));
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
