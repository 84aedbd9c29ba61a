package dev.anvil.campaign;

import dev.anvil.Progress;
import dev.anvil.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Hashes and checks picture files, two at a time. */
final class PictureInspector {
  private static final int THREADS = 2;

  private final PictureCheck check;
  private final Progress progress;

  PictureInspector(PictureCheck check, Progress progress) {
    this.check = check;
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param creative SHA-256 of the file's bytes; empty when they cannot be read
   * @param problem why the picture cannot be used
   */
  record Inspected(Optional<String> creative, Optional<String> problem) {}

  Map<Path, Inspected> inspect(Set<Path> files) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Progress.Task task = progress.start("check pictures", files.size())) {
      Map<Path, Future<Inspected>> pending = new LinkedHashMap<>();
      for (Path file : files) {
        pending.put(
            file,
            threads.submit(
                () -> {
                  Inspected inspected = inspect(file);
                  task.step(1);
                  return inspected;
                }));
      }
      Map<Path, Inspected> inspected = new LinkedHashMap<>();
      for (Map.Entry<Path, Future<Inspected>> entry : pending.entrySet()) {
        inspected.put(entry.getKey(), entry.getValue().get());
      }
      return inspected;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking pictures", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("checking a picture failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Inspected inspect(Path file) {
    try {
      return new Inspected(Optional.of(Sha256.of(file)), check.problem(file));
    } catch (IOException e) {
      return new Inspected(
          Optional.empty(), Optional.of("cannot be read (%s)".formatted(e.getMessage())));
    }
  }
}
