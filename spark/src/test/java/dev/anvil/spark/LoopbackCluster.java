package dev.anvil.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A real standalone cluster on loopback, started by {@code tools/spark/cluster.sh}: a master and
 * two workers of one core each, as processes.
 */
final class LoopbackCluster implements AutoCloseable {
  static final Path HOME = Path.of(System.getProperty("anvil.home")).toAbsolutePath();

  /** Processes that live for seconds are not worth the optimising compiler's time. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path folder;
  private final Path installation;
  private final String master;

  private LoopbackCluster(Path folder, Path installation, String master) {
    this.folder = folder;
    this.installation = installation;
    this.master = master;
  }

  static LoopbackCluster start(Path folder) throws IOException, InterruptedException {
    Path installation = Files.createDirectories(folder.resolve("installation"));
    Path jars = Files.createDirectories(installation.resolve("jars"));
    for (Path entry : classPath().filter(Files::isRegularFile).toList()) {
      Path link = jars.resolve(entry.getFileName());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, entry);
      }
    }
    Path cluster = folder.resolve("cluster");
    String said = script(installation, "cluster.sh", "start", cluster.toString(), "2", "1", "1g");
    return new LoopbackCluster(cluster, installation, said.strip());
  }

  /** Of this process: jars, and folders of classes. */
  private static Stream<Path> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .map(Path::toAbsolutePath);
  }

  /** The folders of Anvil's own classes, which are no jars yet when tests run. */
  static String classes() {
    return classPath()
        .filter(Files::isDirectory)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String script(Path installation, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("tools/spark").resolve(name).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", installation.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // processes in the background would keep a pipe open
    Path said = Files.createTempFile("cluster", ".out");
    builder.redirectOutput(said.toFile());
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + " failed: " + Files.readString(said));
    }
    return Files.readString(said);
  }

  String master() {
    return master;
  }

  /** A driver in this process. */
  SparkSession session() {
    return SparkSession.builder()
        .master(master)
        .appName("anvil-test")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.extraClassPath", classes())
        .config("spark.executor.memory", "900m")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.extraJavaOptions", QUICK)
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.codegen.wholeStage", "false")
        .getOrCreate();
  }

  /** Starts a driver of its own, as people do. */
  Process submit(List<String> arguments, Path output) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                HOME.resolve("tools/spark/submit.sh").toString(),
                master,
                "--driver-class-path",
                classes(),
                "--conf",
                "spark.executor.extraClassPath=" + classes(),
                "--conf",
                "spark.executor.memory=900m",
                "--conf",
                "spark.executor.extraJavaOptions=" + QUICK,
                "--driver-java-options",
                QUICK,
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.sql.shuffle.partitions=2",
                "spark-internal"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", installation.toString());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return builder.start();
  }

  /** Kills a worker and what it started, at once and for good. */
  void killWorker(int number) throws IOException {
    String line =
        Files.readAllLines(folder.resolve("pids")).stream()
            .filter(l -> l.startsWith("worker-" + number + " "))
            .findFirst()
            .orElseThrow();
    ProcessHandle worker = ProcessHandle.of(Long.parseLong(line.split(" ", 2)[1])).orElseThrow();
    List<ProcessHandle> executors = worker.descendants().toList();
    worker.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /** What a worker's executors have printed. */
  String executorLogs() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.endsWith("stderr")).toList()) {
        all.append(file).append('\n').append(Files.readString(file));
      }
      return all.toString();
    }
  }

  @Override
  public void close() {
    try {
      script(installation, "cluster.sh", "stop", folder.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
