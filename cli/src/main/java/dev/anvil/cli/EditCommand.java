package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Editors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
  private static final String DIFFUSION = "diffusion";

  @Mixin Common common;

  @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "Pictures to edit.")
  List<Path> pictures;

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      required = true,
      description = "Element to change; background and picture always exist.")
  List<String> element;

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--editor",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}; diffusion where there is a prompt.",
      completionCandidates = EditorNames.class)
  Optional<String> editor = Optional.empty();

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What to paint; several make a variant each.")
  List<String> prompts = List.of();

  @Option(
      names = "--pack",
      paramLabel = "NAME",
      description = "Model pack to paint with (default: the first of Stable Diffusion).")
  Optional<String> pack = Optional.empty();

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Parameters of the editor.")
  Map<String, String> parameters = Map.of();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of what the editor draws.")
  long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Variants of each picture and prompt, with seeds from --seed on.")
  int seeds = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PNG",
      description = "File to write; it carries the request as text.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "FOLDER",
      description =
          "Write many variants into a folder. Those that are there already, with the same request,"
              + " are kept; a run that was stopped goes on.")
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
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      Editors editors = session.editors();
      List<Editor> chosen = editors(session, editors);
      EditBatch edits = new EditBatch(session.segmenter(), element);
      return batch.isPresent()
          ? many(edits, chosen, batch.get(), session.context())
          : one(edits, chosen.get(0), output.orElseThrow());
    }
  }

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

  /** One editor for each prompt, or a single one. */
  private List<Editor> editors(Session session, Editors editors) throws IOException {
    Map<String, Object> given = new LinkedHashMap<>(parameters);
    pack.ifPresent(p -> given.put("pack", p));
    String name = editor.orElse(DIFFUSION);
    if (name.equals(DIFFUSION) && !given.containsKey("pack")) {
      given.put("pack", session.diffusionPack());
    }
    Path here = Path.of("").toAbsolutePath();
    if (prompts.isEmpty()) {
      return List.of(editors.create(name, given, here));
    }
    List<Editor> out = new ArrayList<>();
    for (String prompt : prompts) {
      given.put("prompt", prompt);
      out.add(editors.create(name, given, here));
    }
    return out;
  }

  private int one(EditBatch edits, Editor chosen, Path file) throws IOException {
    List<String> reasons =
        edits.of(pictures.get(0)).make(new EditBatch.Variant(chosen, seed, file), common.context());
    String judged = reasons.isEmpty() ? "the edit passed its checks" : reasons.toString();
    common.print(
        Map.of("file", file.toString(), "valid", reasons.isEmpty(), "reasons", reasons),
        "Wrote %s: %s".formatted(file, judged));
    return 0;
  }

  private int many(EditBatch edits, List<Editor> chosen, Path folder, RunContext context)
      throws IOException {
    EditBatch.Outcome outcome = edits.run(variants(chosen, folder), context);
    common.print(
        outcome,
        "Wrote %d variants to %s, kept %d that were there; %d did not pass their checks"
            .formatted(outcome.made(), folder, outcome.kept(), outcome.invalid().size()));
    if (!outcome.problems().isEmpty()) {
      throw new InvalidInputException(outcome.problems());
    }
    return 0;
  }

  private Map<Path, List<EditBatch.Variant>> variants(List<Editor> chosen, Path folder) {
    VariantNames names = new VariantNames();
    Map<Path, List<EditBatch.Variant>> out = new LinkedHashMap<>();
    for (Path picture : new LinkedHashSet<>(pictures)) {
      List<EditBatch.Variant> variants = new ArrayList<>();
      for (int e = 0; e < chosen.size(); e++) {
        String what = prompts.isEmpty() ? chosen.get(e).name() : prompts.get(e);
        for (long s = seed; s < seed + seeds; s++) {
          Path file = folder.resolve(names.next(picture, what, s));
          variants.add(new EditBatch.Variant(chosen.get(e), s, file));
        }
      }
      out.put(picture, variants);
    }
    return out;
  }
}
