package dev.anvil.engine.request;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.image.Box;
import dev.anvil.segment.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Show the elements of pictures.
 *
 * @param pictures files
 * @param segmenter that finds them
 * @param words descriptions of elements, for a pack of kind clipseg
 * @param points pixels (x, y) that elements lie at, for a pack of kind sam
 * @param boxes pixels (left, top, right, bottom) that elements lie in, for a pack of kind sam
 * @param output where pictures with their elements coloured go: a PNG of one picture, a folder of
 *     several; empty for nowhere
 */
public record ElementsRequest(
    List<Path> pictures,
    SegmenterChoice segmenter,
    List<String> words,
    List<List<Double>> points,
    List<List<Double>> boxes,
    Optional<Path> output)
    implements Request<ElementsOutcome> {
  public static final String JOB = "elements";

  public ElementsRequest {
    pictures = pictures.stream().map(Paths::absolute).toList();
    segmenter = segmenter == null ? SegmenterChoice.BUNDLED : segmenter;
    words = words == null ? List.of() : List.copyOf(words);
    points = points == null ? List.of() : List.copyOf(points);
    boxes = boxes == null ? List.of() : List.copyOf(boxes);
    output = output == null ? Optional.empty() : output.map(Paths::absolute);
    List<Problem> problems = new ArrayList<>();
    if (pictures.isEmpty()) {
      problems.add(new Problem("pictures", "found none; expected at least one"));
    }
    for (String text : words) {
      if (text.isBlank()) {
        problems.add(new Problem("words", "found an empty description; expected words"));
      }
    }
    for (List<Double> point : points) {
      if (point.size() != 2) {
        problems.add(new Problem("points", "found %s; expected x, y".formatted(point)));
      }
    }
    for (List<Double> box : boxes) {
      if (box.size() != 4 || box.get(2) <= box.get(0) || box.get(3) <= box.get(1)) {
        problems.add(
            new Problem(
                "boxes",
                "found %s; expected left, top, right, bottom with right > left and bottom > top"
                    .formatted(box)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** The prompts that elements are pointed at with; none to find all. */
  public List<Prompt> prompts() {
    List<Prompt> prompts = new ArrayList<>();
    words.forEach(text -> prompts.add(new Prompt.Words(text)));
    points.forEach(at -> prompts.add(new Prompt.Point(at.get(0), at.get(1))));
    boxes.forEach(
        at -> prompts.add(new Prompt.Around(new Box(at.get(0), at.get(1), at.get(2), at.get(3)))));
    return prompts;
  }

  @Override
  public String job() {
    return JOB;
  }
}
