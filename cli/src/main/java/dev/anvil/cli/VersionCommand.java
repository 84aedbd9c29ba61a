package dev.anvil.cli;

import dev.anvil.engine.service.run.Version;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Print the version of Anvil and of Java.")
final class VersionCommand implements Callable<Integer> {
  @Mixin Common common;

  @Override
  public Integer call() throws Exception {
    String java = Runtime.version().toString();
    common.print(
        Map.of("anvil", version(), "java", java), "anvil " + version() + " (Java " + java + ")");
    return 0;
  }

  static String version() {
    return Version.current();
  }
}
