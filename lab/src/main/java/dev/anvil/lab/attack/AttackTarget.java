package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Anvil that is attacked, as processes.
 *
 * @param command what starts it, without Anvil's own arguments
 * @param environment added to this process's own
 * @param patience after which a process counts as hung
 */
public record AttackTarget(
    List<String> command, Map<String, String> environment, Duration patience) {
  private static final int MOST_OUTPUT = 4 << 20;

  public AttackTarget {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The same behind other commands, such as {@code setpriv}. */
  AttackTarget behind(String... before) {
    List<String> all = new ArrayList<>(Arrays.asList(before));
    all.addAll(command);
    return new AttackTarget(all, environment, patience);
  }

  /** The same with an option of Java. */
  AttackTarget option(String option) {
    List<String> all = new ArrayList<>(command);
    all.add(1, option);
    return new AttackTarget(all, environment, patience);
  }

  AttackTarget with(String variable, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(variable, value);
    return new AttackTarget(command, all, patience);
  }

  /** Runs a command to its end. */
  Answer run(Path folder, String... arguments) throws IOException, InterruptedException {
    return start(folder, arguments).await(patience);
  }

  /**
   * Starts a command.
   *
   * @param folder where it runs; what it writes is kept beside it
   */
  Started start(Path folder, String... arguments) throws IOException {
    Files.createDirectories(folder);
    Path log = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "log");
    List<String> all = new ArrayList<>(command);
    all.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectOutput(log.resolve("out").toFile())
            .redirectError(log.resolve("err").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Started(process, log);
  }

  /**
   * A process under way.
   *
   * @param log where its output goes
   */
  record Started(Process process, Path log) {
    /** Waits, and kills it when it does not end. */
    Answer await(Duration patience) throws IOException, InterruptedException {
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Answer answer = new Answer(process.exitValue(), read("out"), read("err"), !ended);
      Files.delete(log.resolve("out"));
      Files.delete(log.resolve("err"));
      Files.delete(log);
      return answer;
    }

    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private String read(String name) throws IOException {
      try (var in = Files.newInputStream(log.resolve(name))) {
        return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
      }
    }
  }
}
