package dev.anvil.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Time that was used, in seconds.
 *
 * @param cpu of all cores together, of this process and others
 */
record Usage(double wall, double cpu) {
  /**
   * Line of /proc/PID/task/TID/stat: name, state, ten numbers, ticks in user mode, in the kernel.
   */
  private static final Pattern COMPILER =
      Pattern.compile("\\(C[12] Compiler[^)]*\\) \\S(?: \\S+){10} (\\d+) (\\d+)");

  private static final double TICKS = 100; // a second, in every Linux that people use

  /** Since processes began: this one, and others that are alive. */
  static Usage now(List<ProcessHandle> others) {
    return new Usage(
        System.nanoTime() / 1e9,
        Stream.concat(Stream.of(ProcessHandle.current()), others.stream())
            .mapToDouble(
                p -> p.info().totalCpuDuration().map(Duration::toMillis).orElseThrow() / 1e3)
            .sum());
  }

  Usage since(Usage before) {
    return new Usage(wall - before.wall, cpu - before.cpu);
  }

  Usage without(Usage other) {
    return new Usage(wall, cpu - other.cpu);
  }

  /** Most memory that a process has had so far. */
  static long peakMiB(ProcessHandle process) {
    return status(process, "VmHWM:");
  }

  /** Memory that a process has now. */
  static long residentMiB(ProcessHandle process) {
    return status(process, "VmRSS:");
  }

  /**
   * Seconds of processor that a process's just-in-time compilers have used, where they are alive.
   */
  static double compiling(ProcessHandle process) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads.mapToDouble(Usage::compiling).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double compiling(Path thread) {
    Matcher compiler;
    try {
      compiler = COMPILER.matcher(Files.readString(thread.resolve("stat")));
    } catch (IOException e) {
      return 0; // it has ended
    }
    return compiler.find()
        ? (Long.parseLong(compiler.group(1)) + Long.parseLong(compiler.group(2))) / TICKS
        : 0;
  }

  private static long status(ProcessHandle process, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f s (%.1f s of CPU)", wall, cpu);
  }
}
