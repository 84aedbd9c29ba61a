package dev.anvil.engine.request;

import java.nio.file.Path;

/** Paths of requests are absolute, so that they mean the same wherever the job runs. */
final class Paths {
  private Paths() {}

  static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
