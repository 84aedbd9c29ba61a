package dev.anvil.spark;

import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.outcome.VariantsOutcome;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.request.VariantsRequest;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A small campaign of the showroom's pictures, fitted and studied on one machine. */
final class SmallCampaign {
  private static final Path HOME = LoopbackCluster.HOME;
  static final int POSTS = 60;

  static final String STUDY =
      """
      anvil: study/1
      name: Colour
      metric: clicks
      seed: 3
      sources: {element: [car, truck, bus], count: 6, min_coverage: 0.01}
      factors:
        colour:
          element: [car, truck, bus]
          editor: recolor
          reference: average
          levels:
            red: {colour: "#b0383c"}
            blue: {colour: "#3852a2"}
      """;

  private final Path folder;
  private final FitOutcome fit;
  private final StudyOutcome study;
  private final VariantsOutcome variants;

  private SmallCampaign(Path folder, FitOutcome fit, StudyOutcome study, VariantsOutcome variants) {
    this.folder = folder;
    this.fit = fit;
    this.study = study;
    this.variants = variants;
  }

  static SmallCampaign make(Path folder) throws IOException {
    // this one alone is used, and whatever is there is sent to every executor
    Path packs = Files.createDirectories(packs(folder));
    copy(HOME.resolve("models/mobilenet-ssd"), packs.resolve("mobilenet-ssd"));
    Path posts = posts(folder);
    Path reference = folder.resolve("reference");
    try (Anvil anvil = open(folder, reference)) {
      anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
    }
    copy(reference, folder.resolve("imported"));
    FitOutcome fit;
    try (Anvil anvil = open(folder, reference)) {
      fit = anvil.run(fit(), RunContext.NONE);
    }
    copy(reference, folder.resolve("fitted"));
    try (Anvil anvil = open(folder, reference)) {
      StudyOnModel what = StudyOnModel.of(study(folder));
      return new SmallCampaign(
          folder,
          fit,
          anvil.run(new StudyRequest(what), RunContext.NONE),
          anvil.run(new VariantsRequest(what), RunContext.NONE));
    }
  }

  private static Path packs(Path folder) {
    return folder.resolve("packs");
  }

  private static Anvil open(Path folder, Path workspace) {
    return Anvil.open(AnvilSettings.of(workspace, packs(folder)));
  }

  /** Folders of the packs that are needed. */
  List<Path> packs() {
    return List.of(packs(folder));
  }

  /** This machine alone, on a workspace. */
  Anvil open(Path workspace) {
    return open(folder, workspace);
  }

  /** The main element is left to be found, and colour casts are left in: it is quicker. */
  static FitRequest fit() {
    return new FitRequest(
        Optional.of("Spring"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of(FitRequest.Option.TONES),
        EncoderChoice.BUNDLED,
        SegmenterChoice.BUNDLED,
        1);
  }

  private static StudyText study(Path folder) {
    return new StudyText(STUDY, folder, "study.yaml");
  }

  StudyRequest studyRequest() {
    return new StudyRequest(StudyOnModel.of(study(folder)));
  }

  VariantsRequest variantsRequest() {
    return new VariantsRequest(studyRequest().what());
  }

  /** What one machine made. */
  VariantsOutcome variants() {
    return variants;
  }

  /** What one machine found. */
  StudyOutcome study() {
    return study;
  }

  /** What one machine fitted. */
  FitOutcome fitted() {
    return fit;
  }

  List<Path> pictures(int count) {
    return Stream.iterate(0, i -> i < count, i -> i + 1)
        .map(i -> folder.resolve("posts/post" + i + ".jpg"))
        .toList();
  }

  /** A new workspace with the campaign, and no model. */
  Path imported(String name) throws IOException {
    return copy(folder.resolve("imported"), folder.resolve(name));
  }

  /** A new workspace with the model and the study, and with all that was seen. */
  Path known(String name) throws IOException {
    return copy(folder.resolve("reference"), folder.resolve(name));
  }

  /** A new workspace with the model, and with all that was seen when it was fitted. */
  Path fitted(String name) throws IOException {
    return copy(folder.resolve("fitted"), folder.resolve(name));
  }

  private static Path posts(Path folder) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("posts"));
    List<Scene> scenes =
        Scene.read(HOME.resolve("showroom/campaign/scenes.csv")).stream()
            .filter(Scene::isBase)
            .limit(POSTS)
            .toList();
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder csv = new StringBuilder("picture,date,channel,clicks\n");
    for (int i = 0; i < POSTS; i++) {
      Scene scene = scenes.get(i);
      Files.copy(scene.picture(), pictures.resolve("post" + i + ".jpg"));
      double clicks =
          400
              * (scene.levels().get("colour").equals("red") ? 1.5 : 1)
              * Math.exp(.2 * random.nextGaussian());
      csv.append(
          "post%d.jpg,%s,%s,%d%n"
              .formatted(
                  i,
                  LocalDate.of(2022, 1, 3).plusDays(7L * i),
                  i % 3 == 0 ? "mail" : "web",
                  Math.round(clicks)));
    }
    return Files.writeString(pictures.resolve("posts.csv"), csv);
  }

  static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
