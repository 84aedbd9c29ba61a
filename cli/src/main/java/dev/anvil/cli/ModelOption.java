package dev.anvil.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that chooses a fitted model. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = "Run of the fit (default: the one in use).")
  Optional<Long> run = Optional.empty();
}
