package dev.anvil.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.Sha256;
import dev.anvil.store.Ledger;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A program that writes to a workspace and prints the number of each item after it was kept; tests
 * kill it.
 */
final class WritingProcess {
  static final int DIMENSION = 256;
  static final Duration LEASE = Duration.ofMillis(500);

  private WritingProcess() {}

  /** Arguments: folder, first number, number after the last, step. */
  public static void main(String[] arguments) {
    int from = Integer.parseInt(arguments[1]);
    int to = Integer.parseInt(arguments[2]);
    int step = Integer.parseInt(arguments[3]);
    try (Workspace workspace = Workspace.open(Path.of(arguments[0]))) {
      Ledger runs = workspace.runs();
      String owner = UUID.randomUUID().toString();
      Run.Request request = Run.Request.of("study", "part " + from % step, 1, "test");
      Run run = runs.claim(runs.submit(request).id(), owner, LEASE).orElseThrow();
      FileEmbeddingStore embeddings = workspace.embeddings("test encoder", DIMENSION);
      for (int i = from; i < to; i += step) {
        Map<String, float[]> rows = new LinkedHashMap<>();
        rows.put(key(i, "a"), row(i));
        rows.put(key(i, "b"), row(-i));
        embeddings.put(rows);
        workspace.results().put("variant", key(i, "a"), "result " + i);
        workspace.artefacts().putBlob(run.id(), "blob " + i, blob(i));
        runs.heartbeat(run.id(), owner);
        System.out.println(i);
      }
      runs.finish(run.id(), owner, "{}", Set.of());
    }
  }

  /** Starts the program; what it prints goes to a file, which outlives it. */
  static Process start(Path output, Path folder, int from, int to, int step) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            WritingProcess.class.getName(),
            folder.toString(),
            Integer.toString(from),
            Integer.toString(to),
            Integer.toString(step));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(output.toFile())
        .start();
  }

  static String key(int i, String part) {
    return Sha256.of(part + i);
  }

  static float[] row(int i) {
    float[] row = new float[DIMENSION];
    Arrays.fill(row, i);
    row[0] = Float.NaN;
    return row;
  }

  static byte[] blob(int i) {
    return ("blob " + i).repeat(200).getBytes(UTF_8);
  }
}
