package dev.anvil.spark;

import dev.anvil.engine.cluster.SparkCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A real standalone cluster on loopback, started by {@code tools/spark/cluster.sh}: a master and
 * two workers of one core each, as processes.
 */
final class LoopbackCluster implements AutoCloseable {
  static final Path HOME = Path.of(System.getProperty("anvil.home")).toAbsolutePath();

  static final Path PACKS = HOME.resolve("models");

  /** Processes that live for seconds are not worth the optimising compiler's time. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /**
   * Processes of their own work with its classes, where it is there, not with those of this one.
   */
  private static final Optional<Path> JOB_JAR =
      Optional.ofNullable(System.getProperty("anvil.spark.jar")).map(Path::of);

  private final Path folder;
  private final Path installation;
  private final Path jar;
  private final String master;

  private LoopbackCluster(Path folder, Path installation, Path jar, String master) {
    this.folder = folder;
    this.installation = installation;
    this.jar = jar;
    this.master = master;
  }

  /** Whether processes of its own have the classes of the job jar alone, and none of tests. */
  static boolean isOfJobJar() {
    return JOB_JAR.isPresent();
  }

  static LoopbackCluster start(Path folder) throws IOException, InterruptedException {
    Path installation = JOB_JAR.isPresent() ? installed() : installation(folder);
    Path cluster = folder.resolve("cluster");
    String said = script(installation, "cluster.sh", "start", cluster.toString(), "2", "1", "1g");
    Path jar = JOB_JAR.isPresent() ? JOB_JAR.get() : emptyJar(folder.resolve("empty.jar"));
    return new LoopbackCluster(cluster, installation, jar, said.strip());
  }

  /** Only jars of Spark, so that a class which the job jar lacks is missed. */
  private static Path installed() {
    String home = System.getenv("SPARK_HOME");
    if (home == null) {
      throw new IllegalStateException(
          "anvil.spark.jar is set; expected SPARK_HOME too (tools/spark/home.sh makes one)");
    }
    return Path.of(home);
  }

  /** All jars of this process. */
  private static Path installation(Path folder) throws IOException {
    Path installation = Files.createDirectories(folder.resolve("installation"));
    Path jars = Files.createDirectories(installation.resolve("jars"));
    for (Path entry : classPath().filter(Files::isRegularFile).toList()) {
      Path link = jars.resolve(entry.getFileName());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, entry);
      }
    }
    Files.createSymbolicLink(
        Files.createDirectories(installation.resolve("bin")).resolve("spark-submit"),
        HOME.resolve("tools/spark/spark-submit"));
    return installation;
  }

  /** What is submitted where the class path has all classes. */
  private static Path emptyJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
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

  /** The folders of Anvil's own classes, which are no jars yet when tests run; or the job jar. */
  private static String code() {
    return JOB_JAR.isPresent()
        ? JOB_JAR.get().toString()
        : classPath()
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
    return session(Map.of());
  }

  /** The same, set otherwise. */
  SparkSession session(Map<String, String> settings) {
    SparkSession.Builder builder = SparkSession.builder();
    builder
        .master(master)
        .appName("anvil-test")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config(JOB_JAR.isPresent() ? "spark.jars" : "spark.executor.extraClassPath", code())
        .config("spark.executor.memory", "900m")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.extraJavaOptions", QUICK)
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.codegen.wholeStage", "false");
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** The cluster as programs see it that submit jobs to it; each of them gets one executor. */
  SparkCluster asSeen() {
    List<String> options = new ArrayList<>();
    if (JOB_JAR.isEmpty()) {
      options.addAll(List.of("--driver-class-path", code()));
      options.addAll(List.of("--conf", "spark.executor.extraClassPath=" + code()));
    }
    options.addAll(List.of("--driver-java-options", QUICK));
    for (String setting :
        List.of(
            "spark.executor.memory=900m",
            "spark.cores.max=1",
            "spark.executor.extraJavaOptions=" + QUICK,
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.ui.enabled=false",
            "spark.sql.shuffle.partitions=2")) {
      options.addAll(List.of("--conf", setting));
    }
    return new SparkCluster(master, Optional.of(installation), Optional.of(jar), options);
  }

  /** Kills a worker and what it started, at once and for good. */
  void killWorker(int number) throws IOException {
    String line =
        Files.readAllLines(folder.resolve("pids")).stream()
            .filter(l -> l.startsWith("worker-" + number + " "))
            .findFirst()
            .orElseThrow();
    ProcessHandle worker = process(line);
    List<ProcessHandle> executors = worker.descendants().toList();
    worker.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  private static ProcessHandle process(String line) {
    return ProcessHandle.of(Long.parseLong(line.split(" ", 2)[1])).orElseThrow();
  }

  /** The processes of executors that are alive. */
  List<ProcessHandle> executors() throws IOException {
    return Files.readAllLines(folder.resolve("pids")).stream()
        .filter(line -> line.startsWith("worker-"))
        .flatMap(line -> process(line).descendants())
        .toList();
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
