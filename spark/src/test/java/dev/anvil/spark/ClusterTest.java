package dev.anvil.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InternalException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.study.StudyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
  private static SparkSession spark;
  private static SmallCampaign campaign;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = LoopbackCluster.start(folder);
    spark = session();
    campaign = SmallCampaign.make(folder);
  }

  private static SparkSession session() {
    SparkSession session = cluster.session();
    session.sparkContext().setLogLevel("ERROR");
    return session;
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static ClusterSettings settings(Path workspace, String output) {
    return ClusterSettings.of(workspace, SmallCampaign.PACKS, folder.resolve(output).toString());
  }

  @Test
  @Order(2)
  void theNumberOfTasksChangesNothing() throws IOException {
    study(campaign.fitted("one"), settings(folder.resolve("one"), "out-one").with(4, 1));
    study(campaign.fitted("two"), settings(folder.resolve("two"), "out-two").with(1, 2));

    assertThat(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1, 2, 3, 4, 5, 6), 6)
                .map(i -> ExecutorNetworks.opened())
                .collect())
        .as("sets of networks that are open in each process, however many tasks it did")
        .containsOnly(1);
  }

  /** A bad picture is a row of its own; two names of one picture are two rows. */
  @Test
  @Order(3)
  void embeddingsAreThoseOfOneMachineAndABadPictureIsAProblem() throws IOException {
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
    try (SparkAnvil anvil = SparkAnvil.open(spark, settings)) {
      found = anvil.embed(request, Optional.of(csv.toString()), RunContext.NONE);
    }
    assertThat(found.pictures()).isEqualTo(13);
    assertThat(found.rows()).isEqualTo(11);
    assertThat(found.problems()).isEqualTo(2);
    assertThat(found.first())
        .extracting(p -> p.where())
        .containsExactly(HadoopFiles.name(bad), HadoopFiles.name(folder.resolve("missing.jpg")));

    try (Anvil anvil =
        Anvil.open(
            AnvilSettings.of(campaign.known("alone"), SmallCampaign.PACKS.toArray(Path[]::new)))) {
      anvil.run(request, RunContext.NONE);
    }
    Map<String, List<Integer>> expected = new TreeMap<>();
    for (Row row : spark.read().parquet(request.output().toString()).collectAsList()) {
      List<Integer> bits = new ArrayList<>();
      for (int k = 2; k < row.size(); k++) {
        bits.add(
            row.isNullAt(k)
                ? Float.floatToIntBits(Float.NaN)
                : Float.floatToIntBits(row.getFloat(k)));
      }
      expected.put(HadoopFiles.name(Path.of(row.getString(1))), bits);
    }
    expected.put(HadoopFiles.name(twin), expected.get(HadoopFiles.name(good.get(0))));
    Map<String, List<Integer>> embedded = new TreeMap<>();
    for (Row row : spark.read().parquet(found.table()).collectAsList()) {
      embedded.put(
          row.getAs("name"),
          row.<Float>getList(row.fieldIndex("embedding")).stream()
              .map(Float::floatToIntBits)
              .toList());
    }
    assertThat(embedded).isEqualTo(expected);
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
        SparkAnvil.open(spark, settings(campaign.imported("finding"), "out-elements").with(2, 2))) {
      found = anvil.elements(request, Optional.empty(), RunContext.NONE);
    }
    ElementsOutcome expected;
    try (Anvil anvil =
        Anvil.open(
            AnvilSettings.of(folder.resolve("alone"), SmallCampaign.PACKS.toArray(Path[]::new)))) {
      expected = anvil.run(request, RunContext.NONE);
    }
    assertThat(
            spark.read().parquet(found.table()).collectAsList().stream()
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
            spark,
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
   * A driver of its own is killed once some batches are done; the next one does the others alone.
   */
  @Test
  @Order(6)
  void aKilledDriverRunAgainLosesAtMostABatchPerTask() throws IOException, InterruptedException {
    Path request = folder.resolve("embed.json");
    EmbedRequest embed =
        Json.read(
            "{\"job\":\"embed\",\"pictures\":%s,\"element\":[\"car\"],\"output\":\"%s\"}"
                .formatted(Json.write(campaign.pictures(24)), folder.resolve("unused.parquet")),
            EmbedRequest.class);
    Files.writeString(request, Requests.write(embed));
    Path workspace = campaign.imported("killed");
    Path output = folder.resolve("out-killed");
    spark.stop(); // its executors hold the cores that the other driver needs
    Process driver =
        cluster.submit(
            List.of(
                request.toString(),
                "--workspace",
                workspace.toString(),
                "--packs",
                SmallCampaign.PACKS.get(0).toString(),
                "--output",
                output.toString(),
                "--batch",
                "2",
                "--tasks",
                "2"),
            folder.resolve("driver.log"));
    await(driver, () -> batches(output) >= 3);
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly().waitFor();
    spark = session();
    int done = batches(output);
    assertThat(done).isLessThan(12);

    try (SparkAnvil anvil = SparkAnvil.open(spark, settings(workspace, "out-killed").with(2, 2))) {
      TableOutcome found = anvil.embed(embed, Optional.empty(), RunContext.NONE);
      assertThat(found.rows()).isEqualTo(24);
    }
    // a batch that was under way in each of two tasks is done again, none that was finished
    assertThat(batches(output)).isBetween(12, 14);
    assertThat(
            spark
                .read()
                .parquet(output.resolve("kept").toString())
                .filter("port = 'EMBEDDING'")
                .count())
        .isEqualTo(24);
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
    try (SparkAnvil anvil = SparkAnvil.open(spark, settings)) {
      FitOutcome found = anvil.run(SmallCampaign.fit(), RunContext.NONE);
      assertThat(found.report()).isEqualTo(campaign.fitted().report());
    }
    killer.join();
    assertThat(spark.sparkContext().statusTracker().getExecutorInfos())
        .as("the driver and the executor that is left")
        .hasSize(2);
    study(workspace, settings);

    List<Row> effects = spark.read().parquet(output.resolve("effects").toString()).collectAsList();
    StudyResult expected = campaign.study().result();
    assertThat(effects).hasSize(expected.effects().size() + expected.placebos().size());
    assertThat(effects.get(0).<Double>getAs("target"))
        .isEqualTo(expected.effects().get(0).target().point());
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

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process process, Condition condition)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plusSeconds(120);
    while (!condition.holds()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
        throw new AssertionError(Files.readString(folder.resolve("driver.log")));
      }
    }
  }

  private static int batches(Path output) throws IOException {
    Path kept = output.resolve("kept");
    if (!Files.isDirectory(kept)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(kept)) {
      return (int)
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".parquet") && !f.startsWith("_"))
              .count();
    }
  }

  /** Runs the study and compares it; the driver itself looks at no picture. */
  private static void study(Path workspace, ClusterSettings settings) throws IOException {
    assertThat(settings.workspace()).isEqualTo(workspace);
    List<String> phases = Collections.synchronizedList(new ArrayList<>());
    try (SparkAnvil anvil = SparkAnvil.open(spark, settings)) {
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
