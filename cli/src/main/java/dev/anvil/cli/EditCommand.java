package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.edit.Editors;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.EditOutcome;
import dev.anvil.engine.request.EditPicturesRequest;
import dev.anvil.engine.request.SegmenterChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "edit",
    description = {
      "Change one element of a picture.",
      "Example: anvil edit car.jpg --element car --editor recolor --set colour=#c4121a -o red.png",
      "Example: anvil edit *.jpg --element car --prompt \"a blue car\" --seeds 20 --batch variants"
    })
final class EditCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "Pictures to edit.")
  List<Path> pictures;

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      required = true,
      description =
          "Labels of the elements to change: all that are found, or with largest,LABEL"
              + " only the largest. background and picture always exist.")
  List<String> element;

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--editor",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES} (default with a prompt: diffusion).",
      completionCandidates = EditorNames.class)
  Optional<String> editor = Optional.empty();

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What to paint; may be repeated for one variant each.")
  List<String> prompts = List.of();

  @Option(
      names = "--pack",
      paramLabel = "NAME",
      description = "Model pack to paint with (default: the first Stable Diffusion pack).")
  Optional<String> pack = Optional.empty();

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Parameters of the editor.")
  Map<String, String> parameters = Map.of();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the editor's random numbers.")
  long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Number of variants of each picture and prompt, with seeds from --seed on.")
  int seeds = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PNG",
      description = "File to write; it contains the request as text.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "FOLDER",
      description =
          "Write many variants into a folder. Variants of the same request that exist"
              + " already are kept, so an interrupted run resumes.")
  Optional<Path> batch = Optional.empty();

  /** The names that {@code --editor} takes. */
  static final class EditorNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    EditorNames() {
      super(Editors.NAMES);
    }
  }

  @Override
  public Integer call() throws Exception {
    check();
    EditPicturesRequest request =
        new EditPicturesRequest(
            pictures,
            element,
            segmenter.choice().orElse(SegmenterChoice.BUNDLED),
            editor,
            prompts,
            pack,
            new LinkedHashMap<>(parameters),
            Path.of(""),
            LongStream.range(seed, seed + seeds).boxed().toList(),
            new EditPicturesRequest.Output(output, batch));
    try (Anvil anvil = common.open()) {
      EditOutcome outcome = common.run(anvil, request);
      common.print(outcome, text(outcome));
      if (!outcome.problems().isEmpty()) {
        throw new InvalidInputException(outcome.problems());
      }
      return 0;
    }
  }

  private String text(EditOutcome outcome) {
    if (batch.isPresent()) {
      return "Wrote %d variants to %s, kept %d existing ones; %d did not pass their checks"
          .formatted(outcome.made(), batch.get(), outcome.kept(), outcome.invalid().size());
    }
    return outcome.files().isEmpty()
        ? "Wrote nothing"
        : "Wrote %s: %s"
            .formatted(
                outcome.files().get(0),
                outcome.invalid().isEmpty()
                    ? "the edit passed its checks"
                    : outcome.invalid().values().iterator().next().toString());
  }

  /** Says what is missing in the words of the options. */
  private void check() {
    List<Problem> problems = new ArrayList<>();
    if (output.isPresent() == batch.isPresent()) {
      problems.add(new Problem("edit", "expected either --output or --batch"));
    }
    if (editor.isEmpty() && prompts.isEmpty()) {
      problems.add(new Problem("edit", "expected --editor, or --prompt"));
    }
    if (seeds < 1) {
      problems.add(new Problem("--seeds", "found %d; expected at least 1".formatted(seeds)));
    }
    if (batch.isEmpty() && pictures.size() * Math.max(1, prompts.size()) * Math.max(1, seeds) > 1) {
      problems.add(new Problem("edit", "found more than one variant to make; expected --batch"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
