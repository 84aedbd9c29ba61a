package dev.anvil.spark;

import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Measures what docs/scale.md says of time and memory; started by {@code tools/spark/measure.sh}.
 * CPU seconds stand beside wall seconds, since the machine may have other work.
 */
final class ClusterMeasurements {
  private static final List<String> ENCODERS =
      List.of(
          System.getProperty(
                  "anvil.measure.encoders", "mobilenet-ssd,showroom-clip,showroom-resnet")
              .split(",", -1));

  private static final int WARM = 64;
  private static final int PICTURES = Integer.getInteger("anvil.measure.pictures", 512);
  private static final long ROWS = Long.getLong("anvil.measure.rows", 1_000_000);
  private static final int PARTITION = 32;

  /** Pictures at most for which networks are opened once per partition. */
  private static final int OPENED_OFTEN = 1500;

  private final Path folder;
  private final List<Path> pictures;
  private final LoopbackCluster cluster;
  private final SparkSession spark;

  private ClusterMeasurements(Path folder, LoopbackCluster cluster, SparkSession spark)
      throws IOException {
    this.folder = folder;
    this.cluster = cluster;
    this.spark = spark;
    this.pictures = pictures(WARM + PICTURES, folder.resolve("pictures"));
  }

  /**
   * Pictures of the showroom; where it has too few, copies that differ by what stands after them.
   */
  private static List<Path> pictures(int count, Path copies) throws IOException {
    List<Path> rendered =
        Scene.read(LoopbackCluster.HOME.resolve("showroom/campaign/scenes.csv")).stream()
            .map(Scene::picture)
            .toList();
    List<Path> pictures = new ArrayList<>(rendered.subList(0, Math.min(count, rendered.size())));
    Files.createDirectories(copies);
    while (pictures.size() < count) {
      int number = pictures.size();
      Path copy = copies.resolve(number + ".jpg");
      Files.copy(rendered.get(number % rendered.size()), copy);
      Files.writeString(copy, "copy " + number, StandardOpenOption.APPEND);
      pictures.add(copy);
    }
    return pictures;
  }

  /**
   * Measures.
   *
   * @param arguments one folder, for a workspace, tables and logs
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    try (LoopbackCluster cluster = LoopbackCluster.start(folder);
        SparkSession spark = cluster.session(Map.of("spark.executor.extraJavaOptions", ""))) {
      spark.sparkContext().setLogLevel("ERROR");
      ClusterMeasurements measurements = new ClusterMeasurements(folder, cluster, spark);
      for (String encoder : ENCODERS) {
        measurements.againstThreads(encoder);
      }
      measurements.memoryByRows();
      measurements.sessions();
    }
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, "measured: " + format + "%n", values);
  }

  private EmbedRequest request(List<Path> files, String encoder) {
    return new EmbedRequest(
        files,
        Optional.empty(),
        List.of(),
        EncoderChoice.parse(encoder),
        List.of(),
        null,
        folder.resolve("unused.parquet"));
  }

  /** The same pictures by two threads of one process, then by two executors of one core. */
  private void againstThreads(String encoder) throws IOException {
    List<Path> warm = pictures.subList(0, WARM);
    List<Path> timed = pictures.subList(WARM, pictures.size());
    Usage threads;
    try (Anvil anvil =
        Anvil.open(AnvilSettings.of(folder.resolve("threads-" + encoder), LoopbackCluster.PACKS))) {
      anvil.run(request(warm, encoder), RunContext.NONE);
      Usage before = Usage.now(List.of());
      anvil.run(request(timed, encoder), RunContext.NONE);
      threads = Usage.now(List.of()).since(before);
    }
    Usage spread;
    Usage executors;
    double compilers;
    Usage again;
    try (SparkAnvil anvil = SparkAnvil.open(spark, settings("cluster-" + encoder))) {
      anvil.embed(request(warm, encoder), Optional.empty(), RunContext.NONE);
      Usage all = Usage.now(cluster.executors());
      Usage own = Usage.now(List.of());
      double before = compiling();
      anvil.embed(request(timed, encoder), Optional.empty(), RunContext.NONE);
      spread = Usage.now(cluster.executors()).since(all);
      executors = spread.without(Usage.now(List.of()).since(own));
      compilers = compiling() - before;
      all = Usage.now(cluster.executors());
      anvil.embed(request(timed, encoder), Optional.empty(), RunContext.NONE);
      again = Usage.now(cluster.executors()).since(all);
    }
    say(
        "%s, %d pictures: threads %s; cluster %s, of which executors %.1f s of CPU; overhead %+.0f"
            + " %% of CPU, %+.0f %% of wall",
        encoder,
        timed.size(),
        threads,
        spread,
        executors.cpu(),
        100 * (spread.cpu() / threads.cpu() - 1),
        100 * (spread.wall() / threads.wall() - 1));
    say(
        "%s: %.1f ms of CPU per picture on executors; %.1f s of CPU are compilers' of Java, the"
            + " driver's included; all of it again, which is hashing and tables alone: %s",
        encoder, 1000 * executors.cpu() / timed.size(), compilers, again);
  }

  private double compiling() throws IOException {
    return Stream.concat(Stream.of(ProcessHandle.current()), cluster.executors().stream())
        .mapToDouble(Usage::compiling)
        .sum();
  }

  private ClusterSettings settings(String name) {
    return ClusterSettings.of(
        folder.resolve(name + "-workspace"),
        List.of(LoopbackCluster.PACKS),
        folder.resolve(name).toString());
  }

  /** Ten times the rows each time, all of them of the same few pictures. */
  private void memoryByRows() throws IOException {
    Path csv = folder.resolve("rows.csv");
    for (long rows = ROWS / 100; rows <= ROWS; rows *= 10) {
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
        out.println("post,picture");
        for (long i = 0; i < rows; i++) {
          out.println("p" + i + "," + HadoopFiles.name(pictures.get((int) (i % WARM))));
        }
      }
      Usage before = Usage.now(cluster.executors());
      TableOutcome found;
      try (SparkAnvil anvil = SparkAnvil.open(spark, settings("cluster-mobilenet-ssd"))) {
        found =
            anvil.embed(
                request(List.of(Path.of("rows.csv")), "mobilenet-ssd"),
                Optional.of(csv.toString()),
                RunContext.NONE);
      }
      say(
          "table of %d posts: %d rows, %s; peak memory so far: executors %s MiB, driver %d MiB",
          rows,
          found.rows(),
          Usage.now(cluster.executors()).since(before),
          cluster.executors().stream().map(Usage::peakMiB).toList(),
          Usage.peakMiB(ProcessHandle.current()));
    }
  }

  /** One network per process, then one per partition, each in the same executors. */
  private void sessions() throws IOException {
    List<Path> timed = pictures.subList(WARM, Math.min(pictures.size(), WARM + OPENED_OFTEN));
    for (String encoder : ENCODERS) {
      SessionsPerPartition by =
          new SessionsPerPartition(spark, LoopbackCluster.PACKS, encoder, PARTITION);
      by.run(timed, /* shared= */ true);
      Usage before = Usage.now(cluster.executors());
      by.run(timed, /* shared= */ true);
      Usage shared = Usage.now(cluster.executors()).since(before);
      List<Long> sharedMemory = cluster.executors().stream().map(Usage::residentMiB).toList();
      before = Usage.now(cluster.executors());
      by.run(timed, /* shared= */ false);
      Usage each = Usage.now(cluster.executors()).since(before);
      say(
          "%s, %d pictures in partitions of %d: one network per process %s, %s MiB; one per"
              + " partition %s, %s MiB",
          encoder,
          timed.size(),
          PARTITION,
          shared,
          sharedMemory,
          each,
          cluster.executors().stream().map(Usage::residentMiB).toList());
    }
  }
}
