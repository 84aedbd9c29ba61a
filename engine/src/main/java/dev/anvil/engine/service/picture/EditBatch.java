package dev.anvil.engine.service.picture;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.edit.CheckedEdit;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Editor;
import dev.anvil.engine.outcome.EditOutcome;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes variants of pictures, one at a time, and keeps those that are there already. */
final class EditBatch {
  /** Files of before were edited at the largest element only, and not looked at again. */
  private static final String EDITS = "2";

  private final Segmenter segmenter;
  private final List<String> element;

  /**
   * A variant to make.
   *
   * @param fresh whether it is made even if it is there
   */
  record Variant(Editor editor, long seed, Path file, boolean fresh) {}

  /**
   * @param element labels of the element to change
   */
  EditBatch(Segmenter segmenter, List<String> element) {
    this.segmenter = requireNonNull(segmenter, "segmenter is null");
    this.element = List.copyOf(element);
  }

  /**
   * Makes the variants of pictures.
   *
   * @throws dev.anvil.CancelledException when it was stopped; finished files stay
   */
  EditOutcome run(long run, Map<Path, List<Variant>> variants, RunContext context)
      throws IOException {
    int made = 0;
    int kept = 0;
    List<Path> files = new ArrayList<>();
    Map<String, List<String>> invalid = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    int total = variants.values().stream().mapToInt(List::size).sum();
    try (Phase phase = context.start("variants", total)) {
      for (Map.Entry<Path, List<Variant>> picture : variants.entrySet()) {
        try {
          Source source = of(picture.getKey());
          for (Variant variant : picture.getValue()) {
            Optional<List<String>> known =
                variant.fresh() ? Optional.empty() : source.known(variant);
            List<String> reasons =
                known.isPresent() ? known.get() : source.make(variant, phase.context());
            made += known.isPresent() ? 0 : 1;
            kept += known.isPresent() ? 1 : 0;
            files.add(variant.file());
            if (!reasons.isEmpty()) {
              invalid.put(variant.file().toString(), reasons);
            }
            phase.step(1);
          }
        } catch (InvalidInputException e) {
          problems.addAll(e.problems()); // the picture's other variants would fail alike
        }
      }
    }
    return new EditOutcome(run, made, kept, files, invalid, problems);
  }

  /** A picture that is read and segmented when its first variant is made. */
  private Source of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file.toString(), "file does not exist; expected a picture");
    }
    return new Source(file, Sha256.of(file));
  }

  /** One picture. */
  final class Source {
    private final Path file;
    private final String sha256;
    private Optional<EditRequest> request = Optional.empty();

    private Source(Path file, String sha256) {
      this.file = file;
      this.sha256 = sha256;
    }

    /** How a variant was judged that is there already. */
    Optional<List<String>> known(Variant variant) throws IOException {
      return VariantFile.read(variant.file(), texts(variant));
    }

    /**
     * Makes a variant and writes its file.
     *
     * @return why it is not valid; nothing when it is
     */
    List<String> make(Variant variant, RunContext context) throws IOException {
      if (request.isEmpty()) {
        Picture picture = PictureReader.DEFAULT.read(file, sha256);
        Segmentation found = segmenter.segment(picture, context);
        Mask all = Mask.full(picture.width(), picture.height());
        request = Optional.of(new EditRequest(picture, found, all, 0));
      }
      EditRequest whole = request.get();
      EditRequest seeded =
          new EditRequest(
              whole.source(),
              whole.elements(),
              EditPlace.of(file.toString(), variant.editor(), whole.elements(), element),
              variant.seed());
      CheckedEdit made = CheckedEdit.of(variant.editor(), seeded, segmenter, context);
      List<String> reasons = made.check().reasons();
      VariantFile.write(variant.file(), made.edited().picture(), texts(variant), reasons);
      return reasons;
    }

    private Map<String, String> texts(Variant variant) {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("anvil:source", sha256);
      texts.put("anvil:element", element.toString());
      texts.put("anvil:edits", EDITS);
      texts.put(
          "anvil:editor",
          variant.editor().name() + " " + new TreeMap<>(variant.editor().parameters()));
      texts.put("anvil:segmenter", segmenter.id());
      texts.put("anvil:seed", Long.toString(variant.seed()));
      return texts;
    }
  }
}
