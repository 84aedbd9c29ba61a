package dev.anvil.engine.service.picture;

import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.service.run.OutputNames;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.onnx.UnusableOutputException;
import dev.anvil.segment.Element;
import dev.anvil.segment.Prompt;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.Segmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows the elements of pictures. */
public final class ElementsService implements Service<ElementsRequest, ElementsOutcome> {
  private final Parts parts;

  public ElementsService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<ElementsOutcome> accept(ElementsRequest asked) {
    return Work.of(
        asked,
        Optional.empty(),
        ElementsOutcome.class,
        (out, context) -> {
          List<Prompt> prompts = asked.prompts();
          if (prompts.isEmpty()) {
            try (Lease<Segmenter> segmenter = parts.networks().segmenter(asked.segmenter())) {
              return find(
                  asked, out.run(), p -> segmenter.get().segment(p, context).elements(), context);
            }
          }
          try (Lease<PromptedSegmenter> segmenter = parts.networks().prompted(asked.segmenter())) {
            return find(
                asked,
                out.run(),
                picture ->
                    prompts.stream()
                        .flatMap(prompt -> segmenter.get().find(picture, prompt, context).stream())
                        .toList(),
                context);
          }
        });
  }

  private static ElementsOutcome find(
      ElementsRequest asked, long run, Function<Picture, List<Element>> finding, RunContext context)
      throws IOException {
    List<ElementsOutcome.Row> rows = new ArrayList<>();
    List<Path> written = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    OutputNames names = new OutputNames();
    try (Phase phase = context.start("find elements", asked.pictures().size())) {
      for (Path file : asked.pictures()) {
        try {
          Picture picture = PictureReader.DEFAULT.read(file);
          List<Element> found = finding.apply(picture);
          for (Element e : found) {
            rows.add(
                new ElementsOutcome.Row(
                    file.toString(), e.label(), e.confidence(), e.box(), e.mask().coverage()));
          }
          if (asked.output().isPresent()) {
            Path target = target(asked.output().get(), asked.pictures(), file, names);
            Files.write(target, PictureWriter.png(Overlay.of(picture, found)));
            written.add(target);
          }
        } catch (UnreadablePictureException e) {
          problems.add(e.problem());
        } catch (UnusableOutputException e) {
          problems.add(new Problem(file.toString(), e.problem().toString()));
        }
        phase.step(1);
      }
    }
    return new ElementsOutcome(run, rows, written, problems);
  }

  /** The named file, or of several pictures one each in the named folder. */
  private static Path target(Path output, List<Path> pictures, Path file, OutputNames names)
      throws IOException {
    return pictures.size() == 1
        ? output
        : Files.createDirectories(output).resolve(names.next(OutputNames.stem(file)));
  }
}
