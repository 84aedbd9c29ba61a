package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk that is full: no file may grow beyond a size ({@code ulimit -f}), and, where this user may
 * mount one, a small file system in memory.
 */
final class Disks implements Attack {
  /** Units of 1024 bytes. */
  private static final List<Integer> LARGEST_FILES = List.of(1, 30, 64, 100, 120, 200, 300);

  private static final List<Integer> SIZES = List.of(64, 300, 600, 1000, 1400);

  @Override
  public String name() {
    return "full disk";
  }

  @Override
  public String expectation() {
    return "it is said in words, and with room the same commands end with the same results";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    for (int i = 0; i < LARGEST_FILES.size(); i += bench.settings().share()) {
      int largest = LARGEST_FILES.get(i);
      // bash counts in 1024 bytes; the target's own log is a file, too
      AttackTarget full =
          bench.target().behind("bash", "-c", "ulimit -f " + largest + "; exec \"$@\"", "-");
      attack(
          bench, tally, full, bench.fresh("full").resolve("w"), "no file over " + largest + " KiB");
    }
    for (int i = 0; i < SIZES.size(); i += bench.settings().share()) {
      Path disk = bench.fresh("disk");
      String size = "size=" + SIZES.get(i) + "k";
      if (run("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.toString()) != 0) {
        tally.left("no small file system: this user may not mount one");
        return;
      }
      try {
        attack(bench, tally, bench.target(), disk.resolve("w"), "disk of " + SIZES.get(i) + " KiB");
      } finally {
        run("umount", "-l", disk.toString());
      }
    }
  }

  private static void attack(
      Bench bench, Tally tally, AttackTarget full, Path workspace, String input)
      throws IOException, InterruptedException {
    for (String[] command : bench.feed().work()) {
      Answer answer = full.run(bench.feed().folder(), Feed.in(workspace, command));
      boolean inWords = !answer.isHung() && !answer.hasStack() && answer.code() <= 3;
      if (answer.code() != 0) {
        tally.check(
            inWords && !answer.err().isBlank(), input + ", " + command[0], answer.summary());
        break;
      }
    }
    Path roomy = copy(bench, workspace);
    for (String[] command : bench.feed().work()) {
      bench.target().run(bench.feed().folder(), Feed.in(roomy, command));
    }
    tally.check(
        bench.answers(roomy).equals(bench.results()),
        input + ", then room",
        "other results: " + roomy);
  }

  /** What was kept, on a disk with room. */
  private static Path copy(Bench bench, Path workspace) throws IOException, InterruptedException {
    Path roomy = bench.fresh("roomy").resolve("w");
    if (Files.exists(workspace)) {
      run("cp", "-a", workspace.toString(), roomy.toString());
    }
    return roomy;
  }

  static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
