package dev.anvil.app;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationQuality;
import dev.anvil.segment.SegmentationQuality.Sample;
import dev.anvil.segment.TruthMasks;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
      "With --check: how well the masks agree with the exact ones of rendered scenes."
    })
final class ElementsCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..*", paramLabel = "PICTURE", description = "Pictures to look at.")
  List<Path> pictures = List.of();

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
  record Row(String picture, String label, double confidence, double coverage) {}

  @Override
  public Integer call() throws Exception {
    if (pictures.isEmpty() && check.isEmpty()) {
      throw new InvalidInputException("elements", "expected pictures, or --check");
    }
    try (Session session = Session.open(common)) {
      return check.isPresent() ? measure(session) : show(session);
    }
  }

  private int show(Session session) throws IOException {
    List<Row> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Path file : pictures) {
      Picture picture = PictureReader.DEFAULT.read(file);
      Segmentation found = session.segmenter().segment(picture);
      for (Element e : found.elements()) {
        rows.add(new Row(file.toString(), e.label(), e.confidence(), e.mask().coverage()));
        text.append(
            String.format(
                Locale.ROOT,
                "%s: %s, confidence %.2f, %.1f %% of the picture%n",
                file,
                e.label(),
                e.confidence(),
                100 * e.mask().coverage()));
      }
    }
    common.print(rows, text.toString().stripTrailing());
    return 0;
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
        SegmentationQuality.measure(session.segmenter(), samples, session.progress());
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
