package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Editors;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.image.PerceptualHash;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.PngText;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackAdder;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import dev.anvil.segment.model.Segmenters;
import dev.anvil.standin.ClipStandIn;
import dev.anvil.standin.ControlNetStandIn;
import dev.anvil.standin.DiffusionStandIn;
import dev.anvil.standin.QueriesStandIn;
import dev.anvil.standin.UnetStandIn;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paper's pipeline on stand-ins of its own networks: OneFormer finds the car, Stable Diffusion
 * held by a ControlNet paints it anew after a prompt, CLIP encodes, XGBoost scores, and differences
 * become effects.
 */
class PaperPipelineTest {
  private static final int SIDE = 64;
  private static final Subject CAR = new Subject(List.of("car"));

  /** Of the cars; red ones are liked twice as much. */
  private static final int[][] COLOURS = {{215, 40, 40}, {40, 60, 215}, {40, 200, 50}};

  @TempDir Path folder;
  private Workspace workspace;
  private Segmenter segmenter;
  private Encoder encoder;
  private Editors editors;
  private List<Post> posts;

  @BeforeEach
  void openPacks() throws IOException {
    Path downloads = folder.resolve("downloads");
    QueriesStandIn.ade20k(SIDE, SIDE, 10).oneFormer(downloads.resolve("oneformer"));
    ClipStandIn.TINY.split(downloads.resolve("clip"), true);
    new DiffusionStandIn()
        .unet(new UnetStandIn().control(UnetStandIn.Control.RESIDUALS_A))
        .write(downloads.resolve("sd"));
    ControlNetStandIn.write(downloads.resolve("seg"), ControlNetStandIn.Contract.A);
    ModelFolder models = new ModelFolder(folder.resolve("models"));
    for (String name : List.of("oneformer", "clip", "sd", "seg")) {
      new PackAdder(models)
          .add(downloads.resolve(name), PackAdder.Request.DEFAULT, RunContext.NONE);
    }
    ModelStore store = new ModelStore(List.of(models.folder()));
    workspace = Workspace.open(folder.resolve("workspace"));
    segmenter = Segmenters.open(store.open("oneformer"), Segmenters.Options.DEFAULT, 1);
    encoder = Encoders.open(store.open("clip"), 1);
    editors = new Editors(store, 1);
    posts = campaign();
  }

  @AfterEach
  void close() {
    editors.close();
    encoder.close();
    segmenter.close();
    workspace.close();
  }

  @Test
  void findsThatRedCarsAreLikedByRepaintingCars() throws IOException {
    String study =
        """
        anvil: study/1
        seed: 5
        sources: {element: car, count: 12, max_coverage: 0.6}
        factors:
          colour:
            element: car
            editor: diffusion
            seeds: 2
            with:
              pack: sd
              prompt: "a {level} car"
              null_prompt: "a car"
              steps: 3
              strength: 1
              size: 64
              dilate: 0
              feather: 2
              control: [{pack: seg, kind: seg}]
            levels: [red, blue]
        """;

    StudyResult result = run(study);

    Effect red = effect(result.effects(), "red");
    Effect blue = effect(result.effects(), "blue");
    assertThat(red.reference()).isEqualTo(StudySpec.CONTROL);
    assertThat(red.sources()).isGreaterThanOrEqualTo(10);
    assertThat(red.seeds()).isEqualTo(2);
    assertThat(red.relative().point()).isGreaterThan(.2);
    assertThat(red.relative().point()).isGreaterThan(blue.relative().point() + .2);
    assertThat(result.placebos())
        .singleElement()
        .satisfies(p -> assertThat(p.level()).isEqualTo(StudySpec.NULL_EDIT))
        .satisfies(p -> assertThat(p.reference()).isEqualTo(StudySpec.ORIGINAL));
    assertThat(result.drifts())
        .singleElement()
        .satisfies(d -> assertThat(d.distance()).isPositive());
    assertThat(result.variants())
        .filteredOn(v -> v.level().equals("red"))
        .allSatisfy(v -> assertThat(v.outside()).isZero());
    String blob =
        result.variants().stream().flatMap(v -> v.picture().stream()).findFirst().orElseThrow();
    assertThat(PngText.read(workspace.blobs().get(blob).orElseThrow()))
        .containsKeys("anvil:source", "anvil:editor", "anvil:seed")
        .hasEntrySatisfying("anvil:editor", e -> assertThat(e).contains("prompt=", "pack=sd-"));
    assertThat(run(study).effects()).isEqualTo(result.effects());
  }

  @Test
  void asksOfPicturesThatWereNeverPosted() throws IOException {
    StudyResult result =
        run(
            """
            anvil: study/1
            seed: 5
            sources:
              element: [car]
              count: 8
              max_coverage: 1
              generate: {pack: sd, prompt: "photo {colour} car", steps: 3, width: 64, height: 64}
            factors:
              colour:
                element: picture
                editor: generate
                reference: average
                levels: {red: {}, azure: {word: blue}}
            """);

    assertThat(result.sources()).allMatch(id -> id.startsWith("generated ")).hasSize(8);
    assertThat(effect(result.effects(), "red").target().point()).isPositive();
    assertThat(effect(result.effects(), "azure").target().point()).isNegative();
    assertThat(result.variants())
        .filteredOn(v -> v.level().equals("azure"))
        .allSatisfy(v -> assertThat(v.editor()).contains("prompt=photo blue car"));
  }

  private StudyResult run(String study) throws IOException {
    SegmentationCache segmentations = new SegmentationCache(segmenter, workspace.results());
    EncodingPipeline pipeline =
        new EncodingPipeline(
            encoder,
            workspace.embeddings(encoder.id(), encoder.dimension()),
            EncodingPipeline.Settings.DEFAULT);
    float[][] embeddings =
        new CampaignEncoder(pipeline, segmentations, CAR).encode(posts, RunContext.NONE);
    Trainer trainer = XgBoost.light(1, 3);
    FittedModel model =
        ModelFitter.fit(
                new ModelFitter.Request(
                    "likes",
                    MetricKind.COUNT,
                    posts.get(12).time(),
                    List.of(),
                    trainer,
                    new RefitDesign.Plan(1, 3, 2, 4)),
                new ModelFitter.Data(
                    posts,
                    embeddings,
                    encoder.blocks(),
                    posts.stream().mapToLong(PaperPipelineTest::hash).toArray(),
                    "clip",
                    encoder.id(),
                    CAR,
                    Optional.empty()),
                RunContext.NONE)
            .model();
    StudySpec spec = StudyFile.parse(study, "study.yaml");
    return new StudyRunner(
            model, segmentations, pipeline, encoder.id(), Optional::empty, editors, workspace)
        .run(spec, Sha256.of(study), folder, posts, RunContext.NONE);
  }

  private static long hash(Post post) {
    return PerceptualHash.of(PictureReader.DEFAULT.read(post.picture())).bits();
  }

  private static Effect effect(List<Effect> effects, String level) {
    return effects.stream().filter(e -> e.level().equals(level)).findFirst().orElseThrow();
  }

  /** Coloured blocks on grey noise; a post a week. */
  private List<Post> campaign() throws IOException {
    List<Post> made = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 90; i++) {
      int colour = random.nextInt(COLOURS.length);
      Path file = folder.resolve(i + ".png");
      Files.write(file, PictureWriter.png(picture(COLOURS[colour], random)));
      double likes = 1000 * (colour == 0 ? 2 : 1) * Math.exp(.1 * random.nextGaussian());
      made.add(
          new Post(
              "p" + i,
              Sha256.of(file),
              file,
              LocalDateTime.of(2023, 1, 1, 12, 0).plusWeeks(i),
              Map.of("likes", (double) Math.round(likes)),
              Map.of()));
    }
    return made;
  }

  private static Picture picture(int[] car, SplittableRandom random) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    int left = 4 + random.nextInt(24);
    int top = 24 + random.nextInt(16);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean inside = x >= left && x < left + 28 && y >= top && y < top + 18;
        int noise = random.nextInt(40);
        for (int c = 0; c < 3; c++) {
          rgb[(y * SIDE + x) * 3 + c] = (byte) (inside ? car[c] : 100 + noise);
        }
      }
    }
    return new Picture(SIDE, SIDE, rgb);
  }
}
