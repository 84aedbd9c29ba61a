package dev.anvil.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.edit.EditCheck;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editors;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.View;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.packs.ModelStore;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Explained;
import dev.anvil.predict.regressor.RegressorIo;
import dev.anvil.predict.regressor.RegressorKind;
import dev.anvil.predict.regressor.Regressors;
import dev.anvil.report.HtmlReport;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Sample;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Subject;
import dev.anvil.store.EmbeddingStore;
import dev.anvil.store.Run;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.design.StudyPlan;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An editor, a regressor, an encoder and a section that Anvil does not know: each a class of this
 * package and a line in META-INF/services.
 */
class ExtensionTest {
  @TempDir Path folder;

  private static Post post(int i, double likes) {
    return new Post(
        "p" + i,
        "c" + i,
        Path.of("p" + i + ".png"),
        LocalDateTime.of(2021, 1, 1, 12, 0).plusDays(5L * i),
        Map.of("likes", likes),
        Map.of());
  }

  @Test
  void anEditorIsNamedPlannedAndChecked() throws Exception {
    assertThat(Editors.NAMES).contains("negative");
    try (Editors editors = new Editors(new ModelStore(List.of()), 1)) {
      StudyPlan plan =
          new StudyPlan(
              StudyFile.parse(
                  """
                  anvil: study/1
                  factors:
                    look: {element: dog, editor: negative, levels: {negative: {}}}
                  """,
                  "study.yaml"),
              folder,
              editors,
              "view");
      Source source = new Source(post(1, 3), 1, Mask.full(1, 1), Optional.empty());
      List<Cell> cells = plan.cells(List.of(source), (s, factor) -> true);
      assertThat(cells).singleElement().extracting(Cell::level).isEqualTo("negative");

      Picture picture = new Picture(8, 8, new byte[8 * 8 * 3]);
      EditRequest request =
          new EditRequest(
              picture,
              new Segmentation(List.of()),
              Masks.ofBox(8, 8, new Box(0, 0, 4, 8)),
              /* seed= */ 1);
      Edited edited = cells.get(0).editor().edit(request, RunContext.NONE);
      assertThat(edited.picture().get(1, 1, 0)).isEqualTo(255);
      assertThat(EditCheck.of(cells.get(0).editor(), request, edited).valid()).isTrue();
    }
  }

  @Test
  void aModelOfARegressorIsKeptReadAndFittedAgain() {
    SplittableRandom random = Seeds.random(1, "extension");
    List<Post> posts = new ArrayList<>();
    float[][] embeddings = new float[120][8];
    for (int i = 0; i < embeddings.length; i++) {
      for (int k = 0; k < 8; k++) {
        embeddings[i][k] = (float) random.nextGaussian();
      }
      posts.add(post(i, (double) Math.round(200 * Math.exp(embeddings[i][0]))));
    }
    FittedModel fitted =
        ModelFitter.fit(
                new ModelFitter.Request(
                    "likes",
                    MetricKind.COUNT,
                    Optional.empty(),
                    List.of(),
                    new Nearest(),
                    new RefitDesign.Plan(2, 3, 2, 9)),
                new ModelFitter.Data(
                    posts,
                    embeddings,
                    List.of(new Block("whole", 8)),
                    posts.stream().mapToLong(p -> random.nextLong()).toArray(),
                    "pack",
                    "encoder",
                    Subject.of("dog"),
                    Optional.empty()),
                RunContext.NONE)
            .model();
    Matrix features = fitted.features(embeddings, posts);
    try (Workspace workspace = Workspace.open(folder.resolve("w"))) {
      long run = workspace.runs().submit(Run.Request.of("fit", "{}", 1, "test")).id();
      fitted.save(workspace, run);
      FittedModel read = FittedModel.load(workspace, run);
      assertThat(read.regressor().predict(features))
          .isEqualTo(fitted.regressor().predict(features));
      FittedModel.Description of = read.description();
      assertThat(
              Regressors.trainer(
                  new RegressorKind.Learned(of.trainer(), of.settings(), of.seed(), 1)))
          .isInstanceOf(Nearest.class);

      String kept = workspace.artefacts().json(run, "model").orElseThrow();
      long older = workspace.runs().submit(Run.Request.of("fit", "{}", 2, "test")).id();
      fitted.save(workspace, older);
      workspace
          .artefacts()
          .putJson(
              older, "model", kept.replace("\"version\":" + FittedModel.FORMAT, "\"version\":1"));
      assertThatThrownBy(() -> FittedModel.load(workspace, older))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was fitted by another version of Anvil");
    }
    assertThat(RegressorIo.read(fitted.regressor().toBytes()).predict(features))
        .isEqualTo(fitted.regressor().predict(features));
    assertThatThrownBy(() -> Explained.of(fitted.regressor()))
        .hasMessageContaining("found one without Shapley values");
  }

  @Test
  void anEncoderThatIsNoPackIsOpenedByItsName() throws Exception {
    ModelStore none = new ModelStore(List.of());
    try (Encoder encoder = Encoders.open(none, "mean-colour", false, 1)) {
      byte[] rgb = {10, 20, 30, 30, 20, 10};
      View view = new View(new Picture(2, 1, rgb), Optional.empty());
      float[][] rows =
          new EncodingPipeline(encoder, EmbeddingStore.NONE, EncodingPipeline.Settings.DEFAULT)
              .encode(List.of(new EncodingItem("key", "a.png", step -> view)), RunContext.NONE)
              .orThrow();
      assertThat(rows).isDeepEqualTo(new float[][] {{20, 20, 20}});
    }
    assertThat(Encoders.hasText(none, "mean-colour")).isFalse();
    assertThatThrownBy(() -> Encoders.openText(none, "mean-colour", 1))
        .hasMessageContaining("does not encode texts");
    assertThatThrownBy(() -> Encoders.open(none, "median-colour", false, 1))
        .hasMessageContaining("median-colour");
  }

  @Test
  void aSectionIsShownAndLinkedWhereItHasSomethingToShow() {
    ReportData data = Sample.full();
    Heading of = data.heading();
    Heading toy =
        new Heading(
            "toy",
            of.metric(),
            of.rate(),
            of.date(),
            of.creatives(),
            of.pictures(),
            of.smallestEffect(),
            of.simulated());
    String html =
        HtmlReport.render(
            new ReportData(
                toy,
                data.factors(),
                data.placebos(),
                data.editChecks(),
                data.model(),
                data.posts(),
                data.health(),
                data.provenance(),
                data.experiments(),
                data.warnings()));
    assertThat(html.contains("<a href=\"#greeting\">Greeting</a>")).isTrue();
    assertThat(html.contains("<section id=\"greeting\"><p>Hello, likes.</p></section>")).isTrue();
    assertThat(HtmlReport.render(data).contains("greeting")).isFalse();
  }
}
