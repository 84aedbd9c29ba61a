package dev.anvil.packs;

import dev.anvil.RunContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program that pulls one pack and prints how that went. */
final class PullingProcess {
  private PullingProcess() {}

  /** Arguments: model folder, catalogue, name, host. */
  public static void main(String[] arguments) throws IOException {
    ModelFolder models = new ModelFolder(Path.of(arguments[0]));
    PullSettings settings =
        new PullSettings(
            URI.create(arguments[3]),
            false,
            Optional.empty(),
            1,
            Duration.ofMillis(1),
            Duration.ofSeconds(10),
            1L << 30);
    try {
      Installed installed =
          new PackPuller(models, settings)
              .pull(
                  Catalogue.read(Path.of(arguments[1])).get(arguments[2]), false, RunContext.NONE);
      System.out.println("pulled " + installed.notes());
    } catch (IOException e) {
      System.out.println("failed " + e.getMessage());
    }
  }

  /**
   * Starts it.
   *
   * @param limit what the shell does first, for example {@code ulimit -f 100}
   */
  static Process start(String limit, Path models, Path catalogue, String name, URI host)
      throws IOException {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                PullingProcess.class.getName(),
                models.toString(),
                catalogue.toString(),
                name,
                host.toString()));
    List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "; exec \"$@\"", "sh"));
    command.addAll(java);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
