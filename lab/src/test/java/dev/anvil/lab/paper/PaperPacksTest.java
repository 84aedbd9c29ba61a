package dev.anvil.lab.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.EditPicturesRequest;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.image.Box;
import dev.anvil.showroom.Scene;
import dev.anvil.study.effect.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paper's pipeline with the showroom's own packs: OneFormer finds the car, Stable Diffusion and
 * a ControlNet paint it anew after a prompt, CLIP encodes the variants, and the regressor that
 * learned from posts scores them.
 */
@EnabledIf("packsAreThere")
class PaperPacksTest {
  private static final Path HOME = Path.of(System.getProperty("anvil.home"));
  private static final int POSTS = 240;
  private static final SegmenterChoice ONEFORMER = SegmenterChoice.parse("showroom-oneformer");

  private static final String STUDY =
      """
      anvil: study/1
      name: Painted cars
      metric: likes
      seed: 3
      sources: {element: car, count: 4, min_coverage: 0.03}
      factors:
        colour:
          element: car
          editor: diffusion
          reference: average
          with:
            pack: showroom-sd
            prompt: "a photo of a {level} car"
            null_prompt: "a photo of a car"
            control: [{pack: showroom-controlnet-seg, kind: seg}]
            steps: 8
            guidance: 3
            size: 384
          levels: {red: {}, white: {}}
      """;

  @TempDir Path folder;

  /** They are made by tools/training/make.sh, and ship when their pictures are good enough. */
  static boolean packsAreThere() {
    return Files.exists(HOME.resolve("models/showroom-sd/pack.json"))
        && Files.exists(HOME.resolve("models/showroom-controlnet-seg/pack.json"));
  }

  private Anvil open() {
    return Anvil.open(AnvilSettings.of(folder.resolve("workspace"), HOME.resolve("models")));
  }

  @Test
  void redCarsThatWereLikedTwiceAsMuchAreFoundByPaintingCarsRed() throws IOException {
    try (Anvil anvil = open()) {
      anvil.run(ImportRequest.of(posts(), "Painted"), RunContext.NONE);
      FitOutcome fit =
          anvil.run(
              FitRequest.of("Painted")
                  .withElement(List.of("car"))
                  .withNetworks(EncoderChoice.parse("showroom-clip"), ONEFORMER),
              RunContext.NONE);
      StudyOutcome study =
          anvil.run(
              new StudyRequest(
                  StudyOnModel.of(new StudyText(STUDY, folder, "study.yaml"))
                      .on(fit.run(), ONEFORMER)),
              RunContext.NONE);

      assertThat(effect(study, "red").relative().low()).isPositive();
      assertThat(effect(study, "white").relative().high()).isNegative();
    }
  }

  @Test
  void aCarPaintedWithTheOutlineOfAVanIsFoundTallerThanOneWithThatOfASportsCar() {
    try (Anvil anvil = open()) {
      Box sports = painted(anvil, "sports", "a photo of a blue sports car");
      Box van = painted(anvil, "van", "a photo of a blue van");

      assertThat(van.height() / van.width()).isGreaterThan(1.2 * sports.height() / sports.width());
    }
  }

  @Test
  void aVariantThatDoesNotLookLikeWhatWasAskedForFails() {
    Path red = folder.resolve("looks-red.png");
    Path white = folder.resolve("looks-white.png");
    try (Anvil anvil = open()) {
      assertThat(looked(anvil, red, "a photo of a red car")).isEmpty();
      assertThat(looked(anvil, white, "a photo of a white car"))
          .containsOnlyKeys(white.toString())
          .containsValue(
              List.of(
                  "looks like \"a photo of a red car\", not like \"a photo of a white car\""
                      + " (2 attempts)"));
    }
  }

  /** What is wrong with a car that is painted red and has to look like something. */
  private Map<String, List<String>> looked(Anvil anvil, Path variant, String like) {
    Map<String, Object> recognise =
        Map.of(
            "pack",
            "showroom-clip",
            "text",
            like,
            "among",
            List.of("a photo of a red car", "a photo of a white car"));
    return anvil
        .run(
            new EditPicturesRequest(
                List.of(HOME.resolve("showroom/campaign/pictures/s0012.jpg")),
                List.of("car"),
                ONEFORMER,
                Optional.empty(),
                List.of("a photo of a red car"),
                Optional.of("showroom-sd"),
                Map.of("steps", 8, "guidance", 3, "attempts", 2, "recognise", recognise),
                HOME,
                List.of(1L),
                new EditPicturesRequest.Output(Optional.of(variant), Optional.empty())),
            RunContext.NONE)
        .invalid();
  }

  /** Where OneFormer finds the car that was painted in place of another sports car. */
  private Box painted(Anvil anvil, String type, String prompt) {
    Path variant = folder.resolve(type + ".png");
    anvil.run(
        new EditPicturesRequest(
            List.of(HOME.resolve("showroom/campaign/pictures/s0012.jpg")),
            List.of("car"),
            ONEFORMER,
            Optional.empty(),
            List.of(prompt),
            Optional.of("showroom-sd"),
            Map.of(
                "control",
                List.of(Map.of("pack", "showroom-controlnet-seg", "kind", "seg")),
                "outlines",
                "showroom/assets/outlines/" + type,
                "steps",
                8,
                "guidance",
                3),
            HOME,
            List.of(1L),
            new EditPicturesRequest.Output(Optional.of(variant), Optional.empty())),
        RunContext.NONE);
    return anvil
        .run(
            new ElementsRequest(
                List.of(variant), ONEFORMER, List.of(), List.of(), List.of(), Optional.empty()),
            RunContext.NONE)
        .elements()
        .stream()
        .filter(e -> e.label().equals("car"))
        .findFirst()
        .orElseThrow()
        .box();
  }

  private static Effect effect(StudyOutcome study, String level) {
    return study.result().effects().stream()
        .filter(e -> e.level().equals(level))
        .findFirst()
        .orElseThrow();
  }

  /** Some of the showroom's pictures, with twice the likes where the car is red. */
  private Path posts() throws IOException {
    Path campaign = HOME.resolve("showroom/campaign");
    List<String> lines = new ArrayList<>(List.of("id,picture,published,likes"));
    SplittableRandom random = Seeds.random(6, "likes");
    List<Scene> scenes =
        Scene.read(campaign.resolve("scenes.csv")).stream().filter(Scene::isBase).toList();
    Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < POSTS; i++) {
      Scene scene = scenes.get(5 * i);
      String picture = "pictures/" + scene.id() + ".jpg";
      Files.copy(campaign.resolve(picture), folder.resolve(picture));
      double likes =
          1000
              * (scene.levels().get("colour").equals("red") ? 2 : 1)
              * (.8 + .4 * random.nextDouble());
      lines.add(
          "%s,%s,2024-%02d-%02d,%d"
              .formatted(scene.id(), picture, 1 + i / 20, 1 + i % 20, Math.round(likes)));
    }
    return Files.write(folder.resolve("posts.csv"), lines);
  }
}
