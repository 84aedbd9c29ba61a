package dev.anvil.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InternalException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.ProgressTree;
import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.cluster.ClusterStudies;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.outcome.VariantsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.lab.scorecard.ScorecardOutcome;
import dev.anvil.lab.scorecard.ScorecardRequest;
import dev.anvil.lab.scorecard.ScorecardService;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.study.StudyResult;
import dev.anvil.study.variant.ScoredVariant;
import dev.anvil.workspace.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs on a real standalone cluster on loopback, compared with the same requests on one machine.
 * One cluster serves all tests, since it takes longer to start than most of them; the one that
 * kills a worker comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
  @TempDir static Path folder;

  private static LoopbackCluster cluster;
  private static SparkSession session;
  private static SmallCampaign campaign;

  @BeforeAll
  static void start() throws Exception {
    FutureTask<SmallCampaign> made = new FutureTask<>(() -> SmallCampaign.make(folder));
    new Thread(made, "campaign").start();
    cluster = LoopbackCluster.start(folder);
    campaign = made.get();
  }

  /** Of all tests but the first: its executors hold the cores that the driver of that one needs. */
  private static SparkSession spark() {
    if (session == null) {
      session = cluster.session();
      session.sparkContext().setLogLevel("ERROR");
    }
    return session;
  }

  @AfterAll
  static void stop() {
    if (session != null) {
      session.stop();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static ClusterSettings settings(Path workspace, String output) {
    return ClusterSettings.of(workspace, campaign.packs(), folder.resolve(output).toString());
  }

  /** Two tasks, of batches of one variant each, on what the driver that was killed had seen. */
  @Test
  @Order(2)
  void variantsOnTwoTasksAreThoseOfOneMachineAndAreNotMadeAgainForTheirStudy() throws IOException {
    Path output = folder.resolve("out-two");
    ClusterSettings settings =
        new ClusterSettings(
            folder.resolve("looked"),
            campaign.packs(),
            Optional.empty(),
            output.toString(),
            1,
            Optional.of(2),
            /* everyPng= */ true);
    List<ScoredVariant> expected = campaign.variants().variants();
    List<String> phases = Collections.synchronizedList(new ArrayList<>());
    RunContext context = RunContext.of((Listening) phase -> phases.add(phase.name()));
    try (SparkAnvil anvil = SparkAnvil.open(spark(), settings)) {
      VariantsOutcome found = anvil.run(campaign.variantsRequest(), context);
      assertThat(found.variants()).isEqualTo(expected);
      assertThat(phases).contains("make variants").doesNotContain("encode");
      phases.clear();
      StudyOutcome study = anvil.run(campaign.studyRequest(), context);
      assertThat(study.result()).isEqualTo(campaign.study().result());
      assertThat(phases).doesNotContain("make variants");
    }
    assertThat(expected)
        .allSatisfy(
            variant ->
                assertThat(output.resolve("variants/" + variant.key() + ".png")).isNotEmptyFile());

    if (LoopbackCluster.isOfJobJar()) {
      return; // executors have no code of this test
    }
    assertThat(
            JavaSparkContext.fromSparkContext(spark().sparkContext())
                .parallelize(List.of(1, 2, 3, 4, 5, 6), 6)
                .map(i -> ExecutorNetworks.opened())
                .collect())
        .as("sets of networks that are open in each process, however many tasks it did")
        .containsOnly(1);
  }

  /** A bad picture is a row of its own; two names of one picture are two rows. */
  @Test
  @Order(3)
  void embeddingsAreThoseOfOneMachineAndABadPictureIsAProblem() throws IOException, SQLException {
    List<Path> good = campaign.pictures(10);
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Path twin = Files.copy(good.get(0), folder.resolve("twin ü.jpg"));
    Path csv =
        Files.writeString(
            folder.resolve("more.csv"),
            "picture\n%s\n%s\n%s\n"
                .formatted(
                    HadoopFiles.name(twin),
                    HadoopFiles.name(bad),
                    HadoopFiles.name(folder.resolve("missing.jpg"))));
    EmbedRequest request =
        Json.read(
            """
            {"job":"embed","pictures":%s,"element":["car","truck","bus"],"output":"%s"}
            """
                .formatted(Json.write(good), folder.resolve("embeddings.parquet")),
            EmbedRequest.class);
    ClusterSettings settings = settings(campaign.imported("embedding"), "out-embed").with(4, 3);
    TableOutcome found;
    try (SparkAnvil anvil = SparkAnvil.open(spark(), settings)) {
      found = anvil.embed(request, Optional.of(csv.toString()), RunContext.NONE);
    }
    assertThat(found.pictures()).isEqualTo(13);
    assertThat(found.rows()).isEqualTo(11);
    assertThat(found.problems()).isEqualTo(2);
    assertThat(found.first())
        .extracting(p -> p.where())
        .containsExactly(HadoopFiles.name(bad), HadoopFiles.name(folder.resolve("missing.jpg")));

    try (Anvil anvil = campaign.open(campaign.known("alone"))) {
      anvil.run(request, RunContext.NONE);
    }
    Map<String, List<Integer>> expected = embeddings(request.output());
    expected.put(HadoopFiles.name(twin), expected.get(HadoopFiles.name(good.get(0))));
    Map<String, List<Integer>> embedded = new TreeMap<>();
    for (Row row : spark().read().parquet(found.table()).collectAsList()) {
      embedded.put(
          row.getAs("name"),
          row.<Float>getList(row.fieldIndex("embedding")).stream()
              .map(Float::floatToIntBits)
              .toList());
    }
    assertThat(embedded).isEqualTo(expected);
  }

  /** Of a wide table of one machine, by picture; Spark takes long to plan two thousand columns. */
  private static Map<String, List<Integer>> embeddings(Path parquet) throws SQLException {
    Map<String, List<Integer>> bits = new TreeMap<>();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("FROM '%s'".formatted(parquet))) {
      while (rows.next()) {
        List<Integer> row = new ArrayList<>();
        for (int k = 3; k <= rows.getMetaData().getColumnCount(); k++) {
          float value = rows.getFloat(k);
          row.add(Float.floatToIntBits(rows.wasNull() ? Float.NaN : value));
        }
        bits.put(HadoopFiles.name(Path.of(rows.getString(2))), row);
      }
    }
    return bits;
  }

  @Test
  @Order(4)
  void elementsAreThoseOfOneMachine() throws IOException {
    ElementsRequest request =
        new ElementsRequest(
            campaign.pictures(5),
            SegmenterChoice.BUNDLED,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    TableOutcome found;
    try (SparkAnvil anvil =
        SparkAnvil.open(
            spark(), settings(campaign.imported("finding"), "out-elements").with(2, 2))) {
      found = anvil.elements(request, Optional.empty(), RunContext.NONE);
    }
    ElementsOutcome expected;
    try (Anvil anvil = campaign.open(folder.resolve("alone"))) {
      expected = anvil.run(request, RunContext.NONE);
    }
    assertThat(
            spark().read().parquet(found.table()).collectAsList().stream()
                .map(
                    row ->
                        "%s %s %s %s %s"
                            .formatted(
                                row.getAs("picture"),
                                row.getAs("label"),
                                row.getAs("confidence"),
                                row.getAs("left"),
                                row.getAs("coverage")))
                .toList())
        .containsExactlyInAnyOrderElementsOf(
            expected.elements().stream()
                .map(
                    e ->
                        "%s %s %s %s %s"
                            .formatted(
                                HadoopFiles.name(Path.of(e.picture())),
                                e.label(),
                                e.confidence(),
                                e.box().left(),
                                e.coverage()))
                .toList());
  }

  /** Trees, since ridge regressions stay on the driver; planted, resampled and all. */
  @Test
  @Order(5)
  void refitsAreThoseOfOneMachineAtAnyNumberOfTasks() throws IOException {
    XgBoost trees = XgBoost.light(2, 7);
    byte[] alone = refits(trees);
    for (int tasks : List.of(1, 2, 8)) {
      assertThat(refits(spread(trees, "out-refits-" + tasks, tasks)))
          .as("%d tasks", tasks)
          .isEqualTo(alone);
    }
  }

  /** Files that are gone stand for refits that a killed driver did not see finished. */
  @Test
  @Order(6)
  void refitsThatWereMadeBeforeAreNotMadeAgain() throws IOException {
    Path output = folder.resolve("out-refits-8");
    List<Path> made = keptFiles(output);
    assertThat(made).as("six refits, and six resamples of which three are refits too").hasSize(9);
    Files.delete(made.get(0));
    Files.delete(made.get(7));

    XgBoost trees = XgBoost.light(2, 7);
    assertThat(refits(spread(trees, "out-refits-8", 8))).isEqualTo(refits(trees));
    assertThat(keptFiles(output)).hasSize(9).containsAll(made.subList(1, 7));
  }

  private static Trainer spread(Trainer trainer, String output, int tasks) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark().sparkContext());
    ClusterSettings settings = settings(folder.resolve("unused"), output).with(1, tasks);
    Packs none = Packs.of(List.of(), Optional.empty(), spark().sparkContext());
    KeptRefits kept =
        new KeptRefits(new Spread(context, settings, none), new Tables(spark(), settings));
    return new ClusterRefits(context, kept).spread(trainer, 2, 7);
  }

  private static byte[] refits(Trainer trainer) {
    SplittableRandom random = new SplittableRandom(5);
    float[][] features = new float[60][30];
    double[] target = new double[features.length];
    double[] weights = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      for (int k = 0; k < features[i].length; k++) {
        features[i][k] = k == 3 && i % 7 == 0 ? Float.NaN : (float) random.nextGaussian();
      }
      target[i] = features[i][0] + random.nextGaussian();
      weights[i] = .5 + random.nextDouble();
    }
    RefitDesign design =
        RefitDesign.prepare(
            trainer,
            Matrix.of(features).withWeights(weights),
            target,
            IntStream.range(0, target.length).map(i -> i / 2).toArray(),
            IntStream.range(0, target.length).filter(i -> i % 9 != 0).toArray(),
            new RefitDesign.Plan(2, 3, 2, 4),
            RunContext.NONE);
    double[] other = Arrays.stream(target).map(t -> -t).toArray();
    List<RefitEnsemble> made = new ArrayList<>();
    made.add(design.fit(target, RunContext.NONE));
    made.addAll(design.resample(List.of(training -> target, training -> other), RunContext.NONE));
    byte[] bytes = RefitEnsemble.toBytes(made);
    made.forEach(RefitEnsemble::close);
    return bytes;
  }

  @Test
  @Order(5)
  void aPackThatExecutorsLackIsNamed() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("no-packs"));
    ClusterSettings settings = settings(campaign.imported("lacking"), "out-lacking");
    ElementsRequest request =
        new ElementsRequest(
            campaign.pictures(1),
            SegmenterChoice.BUNDLED,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    try (SparkAnvil anvil =
        SparkAnvil.open(
            spark(),
            new ClusterSettings(
                settings.workspace(),
                settings.packs(),
                Optional.of(empty.toString()),
                settings.output(),
                1,
                Optional.empty(),
                false))) {
      assertThatThrownBy(() -> anvil.elements(request, Optional.empty(), RunContext.NONE))
          .isInstanceOf(InternalException.class)
          .hasMessageContaining("found no pack \"mobilenet-ssd\" in " + empty);
    }
  }

  /**
   * Two executors, each with a copy of what the driver knows; the request goes through JSON. The
   * model is that of one machine, since colour casts would be computed again, by the driver.
   */
  @Test
  @Order(5)
  void worldsOfAScorecardAreJudgedAsOnOneMachine() throws IOException {
    ScorecardRequest request =
        ScorecardRequest.read(SmallShowroom.make(folder.resolve("showroom")).json(), "request")
            .orElseThrow();
    ScorecardOutcome alone;
    Path judged = campaign.known("judged");
    try (Anvil anvil = campaign.open(judged)) {
      alone = ScorecardService.run(anvil, request, RunContext.NONE);
    }
    Path workspace = SmallCampaign.copy(judged, folder.resolve("scored"));
    FileTree.delete(workspace.resolve("scorecards"));
    ScorecardOutcome found;
    try (SparkAnvil anvil =
        SparkAnvil.open(spark(), settings(workspace, "out-scored").with(32, 2))) {
      found = anvil.scorecard(request, RunContext.NONE);
    }
    assertThat(found.folder())
        .isEqualTo(workspace.resolve("scorecards").resolve(alone.folder().getFileName()));
    assertThat(found.folder().resolve("scores.csv"))
        .hasSameTextualContentAs(alone.folder().resolve("scores.csv"));
    assertThat(alone.summary()).extracting(row -> row.scenario()).contains("all", "no effects");
    assertThat(spark().read().parquet(folder.resolve("out-scored/kept").toString()).collectAsList())
        .as("worlds that executors judged")
        .filteredOn(row -> row.getAs("kind").equals(WorldPiece.KIND))
        .hasSize(2);
  }

  /** The executors that are left do what was lost; eight tasks, and no picture was known before. */
  @Test
  @Order(7)
  void aFitAndAStudyWithAWorkerKilledInTheMiddleAreThoseOfOneMachineToTheLastBit()
      throws IOException, InterruptedException {
    Path workspace = campaign.imported("cold");
    Path output = folder.resolve("out-cold");
    ClusterSettings settings = settings(workspace, "out-cold").with(4, 8);
    Thread killer = new Thread(() -> killWorkerAfter(output, 3));
    killer.start();
    try (SparkAnvil anvil = SparkAnvil.open(spark(), settings)) {
      FitOutcome found = anvil.run(SmallCampaign.fit(), RunContext.NONE);
      assertThat(found.report()).isEqualTo(campaign.fitted().report());
    }
    killer.join();
    assertThat(spark().sparkContext().statusTracker().getExecutorInfos())
        .as("the driver and the executor that is left")
        .hasSize(2);
    study(workspace, settings);

    List<Row> effects =
        spark().read().parquet(output.resolve("effects").toString()).collectAsList();
    StudyResult expected = campaign.study().result();
    assertThat(effects).hasSize(expected.effects().size() + expected.placebos().size());
    assertThat(effects.get(0).<Double>getAs("target"))
        .isEqualTo(expected.effects().get(0).target().point());
  }

  /**
   * As the command line runs a study: another process is the driver, and one task makes all
   * variants. It is killed when posts have been looked at; run again, it does only what was left.
   */
  @Test
  @Order(1)
  void aStudyWhoseDriverIsKilledGoesOnFromThereAndIsThatOfOneMachine() throws IOException {
    Path workspace = campaign.fitted("submitted");
    Path output = folder.resolve("out-submitted");
    ClusterStudies studies =
        new ClusterStudies(cluster.asSeen(), workspace, campaign.packs(), output.toString());
    assertThatThrownBy(
            () ->
                studies.run(
                    campaign.studyRequest(),
                    RunContext.of((Listening) phase -> killDriverAt("make variants", phase))))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("exit code 137");
    int done = batches(output);
    assertThat(done).isPositive();
    SmallCampaign.copy(workspace, folder.resolve("looked"));

    ProgressTree progress = new ProgressTree();
    long run = studies.run(campaign.studyRequest(), RunContext.of(progress));
    assertThat(progress.snapshot())
        .allMatch(ProgressTree.Node::ended)
        .extracting(ProgressTree.Node::name)
        .contains("make variants")
        .doesNotContain("look at posts");
    assertThat(batches(output))
        .as("with one that the first driver may have left")
        .isBetween(done + 1, done + 2);
    try (Anvil anvil = campaign.open(workspace)) {
      assertThat(((StudyOutcome) anvil.outcome(run)).result()).isEqualTo(campaign.study().result());
    }
  }

  private static void killDriverAt(String name, Phase phase) {
    if (phase.name().equals(name)) {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void killWorkerAfter(Path output, int batches) {
    try {
      while (batches(output) < batches) {
        Thread.sleep(20);
      }
      cluster.killWorker(1);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int batches(Path output) throws IOException {
    return keptFiles(output).size();
  }

  private static List<Path> keptFiles(Path output) throws IOException {
    Path kept = output.resolve("kept");
    if (!Files.isDirectory(kept)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(kept)) {
      return files
          .filter(f -> f.getFileName().toString().matches("[^_].*parquet"))
          .sorted()
          .toList();
    }
  }

  /** Runs the study and compares it; the driver itself looks at no picture. */
  private static void study(Path workspace, ClusterSettings settings) throws IOException {
    assertThat(settings.workspace()).isEqualTo(workspace);
    List<String> phases = Collections.synchronizedList(new ArrayList<>());
    try (SparkAnvil anvil = SparkAnvil.open(spark(), settings)) {
      StudyOutcome found =
          anvil.run(campaign.studyRequest(), RunContext.of((Listening) p -> phases.add(p.name())));
      assertThat(found.result()).isEqualTo(campaign.study().result());
    }
    assertThat(phases).contains("make variants").doesNotContain("encode");
  }

  private interface Listening extends PhaseListener {
    @Override
    default void advanced(Phase phase, long count) {}

    @Override
    default void ended(Phase phase) {}
  }
}
