package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Box;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Element;
import dev.anvil.segment.Prompt;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.SegmentationQuality;
import dev.anvil.segment.SegmentationQuality.Sample;
import dev.anvil.segment.TruthMasks;
import dev.anvil.segment.model.Segmenters;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "elements",
    description = {
      "Show the elements that are found in pictures.",
      "With --text, --point or --box: the one element that is pointed at, by a pack that can.",
      "With --check: how well the masks agree with the exact ones of rendered scenes."
    })
final class ElementsCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..*", paramLabel = "PICTURE", description = "Pictures to look at.")
  List<Path> pictures = List.of();

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--text",
      paramLabel = "WORDS",
      description = "Find what these words say, by a pack of kind clipseg.")
  List<String> texts = List.of();

  @Option(
      names = "--point",
      paramLabel = "X,Y",
      description = "Find what is at this pixel, by a pack of kind sam.")
  List<String> points = List.of();

  @Option(
      names = "--box",
      paramLabel = "LEFT,TOP,RIGHT,BOTTOM",
      description = "Find what is in this box of pixels, by a pack of kind sam.")
  List<String> boxes = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PNG",
      description =
          "Write the picture with its elements coloured and named; of several pictures, a folder.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "SCENES",
      arity = "0..1",
      fallbackValue = "",
      description = "Measure masks on scenes (default: the showroom's scenes.csv).")
  Optional<String> check = Optional.empty();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Scenes to measure (default: ${DEFAULT-VALUE}).")
  int count = 200;

  /**
   * An element as printed.
   *
   * @param coverage share of the picture
   */
  record Row(String picture, String label, double confidence, Box box, double coverage) {}

  /** Whatever finds elements. */
  @FunctionalInterface
  private interface Finding {
    List<Element> in(Picture picture);
  }

  @Override
  public Integer call() throws Exception {
    if (pictures.isEmpty() && check.isEmpty()) {
      throw new InvalidInputException("elements", "expected pictures, or --check");
    }
    List<Prompt> prompts = prompts();
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      if (check.isPresent()) {
        return measure(session);
      }
      if (prompts.isEmpty()) {
        return show(picture -> segment(session, picture));
      }
      try (PromptedSegmenter prompted =
          Segmenters.openPrompted(session.segmenterPack(), common.threads)) {
        return show(
            picture -> prompts.stream().flatMap(p -> prompted.find(picture, p).stream()).toList());
      }
    }
  }

  private static List<Element> segment(Session session, Picture picture) {
    try {
      return session.segmenter().segment(picture).elements();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Prompt> prompts() {
    List<Prompt> prompts = new ArrayList<>();
    for (String text : texts) {
      if (text.isBlank()) {
        throw new InvalidInputException("--text", "found no words; expected some");
      }
      prompts.add(new Prompt.Words(text));
    }
    for (String point : points) {
      double[] at = numbers("--point", point, "x,y", 2);
      prompts.add(new Prompt.Point(at[0], at[1]));
    }
    for (String box : boxes) {
      double[] at = numbers("--box", box, "left,top,right,bottom", 4);
      if (at[2] <= at[0] || at[3] <= at[1]) {
        throw new InvalidInputException(
            "--box", "found %s; expected right beyond left and bottom beyond top".formatted(box));
      }
      prompts.add(new Prompt.Around(new Box(at[0], at[1], at[2], at[3])));
    }
    return prompts;
  }

  private static double[] numbers(String option, String text, String form, int count) {
    try {
      double[] numbers =
          Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (numbers.length == count) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          option, "found \"%s\"; expected %s in pixels".formatted(text, form));
    }
    throw new InvalidInputException(
        option, "found \"%s\"; expected %s in pixels".formatted(text, form));
  }

  private int show(Finding finding) throws IOException {
    List<Row> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Path file : pictures) {
      Picture picture = PictureReader.DEFAULT.read(file);
      List<Element> found = finding.in(picture);
      for (Element e : found) {
        rows.add(new Row(file.toString(), e.label(), e.confidence(), e.box(), e.mask().coverage()));
        text.append(
            String.format(
                Locale.ROOT,
                "%s: %s, confidence %.2f, %.1f %% of the picture%n",
                file,
                e.label(),
                e.confidence(),
                100 * e.mask().coverage()));
      }
      if (found.isEmpty()) {
        text.append("%s: nothing found%n".formatted(file));
      }
      if (output.isPresent()) {
        Path target = target(file);
        Files.write(target, PictureWriter.png(Overlay.of(picture, found)));
        text.append("Wrote %s%n".formatted(target));
      }
    }
    common.print(rows, text.toString().stripTrailing());
    return 0;
  }

  /** The named file, or of several pictures one each in the named folder. */
  private Path target(Path file) throws IOException {
    if (pictures.size() == 1) {
      return output.orElseThrow();
    }
    Path folder = Files.createDirectories(output.orElseThrow());
    return folder.resolve(file.getFileName().toString().replaceAll("\\.[^.]*$", "") + ".png");
  }

  private int measure(Session session) throws IOException {
    Path file = check.filter(c -> !c.isEmpty()).map(Path::of).orElse(Showroom.scenes());
    List<Sample> samples = new ArrayList<>();
    for (Scene scene : Scene.read(file).stream().filter(Scene::isBase).limit(count).toList()) {
      samples.add(
          new Sample(
              () -> PictureReader.DEFAULT.read(scene.picture()),
              TruthMasks.read(scene.mask(), TruthMasks.SHOWROOM)));
    }
    SegmentationQuality quality =
        SegmentationQuality.measure(session.segmenter(), samples, session.context());
    Map<String, String> lines = new LinkedHashMap<>();
    quality
        .labels()
        .forEach(
            (label, q) ->
                lines.put(
                    label,
                    String.format(
                        Locale.ROOT,
                        "%s: found in %d of %d pictures that have one, in %d of %d that do not;"
                            + " mean IoU %.3f where found",
                        label,
                        q.found(),
                        q.present(),
                        q.falseAlarms(),
                        q.absent(),
                        q.meanIou())));
    common.print(
        quality,
        String.join("\n", lines.values())
            + String.format(Locale.ROOT, "%n%.0f ms a picture", quality.millis()));
    return 0;
  }
}
