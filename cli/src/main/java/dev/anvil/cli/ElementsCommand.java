package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.image.PictureReader;
import dev.anvil.lab.benchmark.InsertionTrial;
import dev.anvil.lab.benchmark.RemovalTrial;
import dev.anvil.segment.SegmentationQuality;
import dev.anvil.segment.SegmentationQuality.Sample;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.TruthMasks;
import dev.anvil.showroom.Scene;
import java.io.IOException;
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
      "With --text, --point or --box: the one element that they point at; needs a"
          + " pack that supports it.",
      "With --check: how well the masks agree with the exact masks of rendered" + " scenes."
    })
final class ElementsCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..*", paramLabel = "PICTURE", description = "Pictures to look at.")
  List<Path> pictures = List.of();

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--text",
      paramLabel = "WORDS",
      description = "Find what these words describe, with a pack of kind clipseg.")
  List<String> texts = List.of();

  @Option(
      names = "--point",
      paramLabel = "X,Y",
      description = "Find what is at this pixel, with a pack of kind sam.")
  List<String> points = List.of();

  @Option(
      names = "--box",
      paramLabel = "LEFT,TOP,RIGHT,BOTTOM",
      description = "Find what is in this box of pixels, with a pack of kind sam.")
  List<String> boxes = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PNG",
      description =
          "Write the picture with its elements coloured and named; for several"
              + " pictures, a folder.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "SCENES",
      arity = "0..1",
      fallbackValue = "",
      description = "Measure masks on scenes (default: the showroom's scenes.csv).")
  Optional<String> check = Optional.empty();

  @Option(
      names = "--check-removals",
      paramLabel = "SCENES",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Measure how often the removal checks are right, on scenes with an exact"
              + " picture without their person (default: the showroom's scenes.csv).")
  Optional<String> removals = Optional.empty();

  @Option(
      names = "--check-insertions",
      description = "Measure how often the insertion check is right, on the showroom's scenes.")
  boolean insertions;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Scenes to measure (default: ${DEFAULT-VALUE}).")
  int count = 200;

  @Override
  public Integer call() throws Exception {
    SegmenterChoice choice = segmenter.choice().orElse(SegmenterChoice.BUNDLED);
    try (Anvil anvil = common.open()) {
      if (check.isPresent()) {
        return measure(anvil, choice);
      }
      if (insertions) {
        return tryInsertions(anvil, choice);
      }
      if (removals.isPresent()) {
        return tryRemovals(anvil, choice);
      }
      ElementsOutcome outcome =
          common.run(
              anvil,
              new ElementsRequest(
                  pictures,
                  choice,
                  texts,
                  points.stream().map(p -> numbers("--point", p, "x,y")).toList(),
                  boxes.stream().map(b -> numbers("--box", b, "left,top,right,bottom")).toList(),
                  output));
      common.print(outcome.elements(), text(outcome));
      if (!outcome.problems().isEmpty()) {
        throw new InvalidInputException(outcome.problems());
      }
      return 0;
    }
  }

  private static List<Double> numbers(String option, String text, String form) {
    try {
      return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          option, "found \"%s\"; expected %s in pixels".formatted(text, form));
    }
  }

  private String text(ElementsOutcome outcome) {
    StringBuilder text = new StringBuilder();
    for (Path file : pictures) {
      String name = file.toAbsolutePath().normalize().toString();
      List<ElementsOutcome.Row> found =
          outcome.elements().stream().filter(e -> e.picture().equals(name)).toList();
      for (ElementsOutcome.Row e : found) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s: %s, confidence %.2f, %.1f %% of the picture%n",
                file,
                e.label(),
                e.confidence(),
                100 * e.coverage()));
      }
      boolean looked = outcome.problems().stream().noneMatch(p -> p.where().equals(name));
      if (found.isEmpty() && looked) {
        text.append("%s: nothing found%n".formatted(file));
      }
    }
    outcome.written().forEach(file -> text.append("Wrote %s%n".formatted(file)));
    return text.toString().stripTrailing();
  }

  private int tryRemovals(Anvil anvil, SegmenterChoice choice) throws IOException {
    Path file = removals.filter(c -> !c.isEmpty()).map(Path::of).orElse(Main.showroom().scenes());
    RemovalTrial trial;
    try (Lease<Segmenter> finder = anvil.networks().segmenter(choice)) {
      trial = RemovalTrial.of(finder.get(), Scene.read(file), count, common.context());
    }
    List<List<String>> rows = new ArrayList<>();
    trial
        .failed()
        .forEach((what, n) -> rows.add(List.of(what, "%d of %d".formatted(n, trial.scenes()))));
    common.print(trial, Tables.text(List.of("in the person's place", "fails"), rows));
    return 0;
  }

  private int tryInsertions(Anvil anvil, SegmenterChoice choice) throws IOException {
    InsertionTrial trial;
    try (Lease<Segmenter> finder = anvil.networks().segmenter(choice)) {
      trial =
          InsertionTrial.of(
              finder.get(),
              Scene.read(Main.showroom().scenes()),
              Main.showroom().figures(),
              count,
              common.context());
    }
    List<List<String>> rows = new ArrayList<>();
    trial
        .tallies()
        .forEach(
            (what, tally) ->
                rows.add(List.of(what, "%d of %d".formatted(tally.failed(), tally.of()))));
    common.print(trial, Tables.text(List.of("in the person's place", "fails"), rows));
    return 0;
  }

  private int measure(Anvil anvil, SegmenterChoice choice) throws IOException {
    Path file = check.filter(c -> !c.isEmpty()).map(Path::of).orElse(Main.showroom().scenes());
    List<Sample> samples = new ArrayList<>();
    for (Scene scene : Scene.read(file).stream().filter(Scene::isBase).limit(count).toList()) {
      samples.add(
          new Sample(
              () -> PictureReader.DEFAULT.read(scene.picture()),
              TruthMasks.read(scene.mask(), TruthMasks.SHOWROOM)));
    }
    SegmentationQuality quality;
    try (Lease<Segmenter> finder = anvil.networks().segmenter(choice)) {
      quality = SegmentationQuality.measure(finder.get(), samples, common.context());
    }
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
