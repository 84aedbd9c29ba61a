package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The cache of native libraries: kills while it is filled, flipped bits, two at once. */
final class Natives implements Attack {
  @Override
  public String name() {
    return "natives";
  }

  @Override
  public String expectation() {
    return "the next process loads whole libraries and answers the same; nothing is left in the temporary folder";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    SplittableRandom random = bench.random(name());
    Path folder = bench.fresh("natives");
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    AttackTarget target =
        bench
            .target()
            .option("-Djava.io.tmpdir=" + temporary)
            .with("ANVIL_NATIVES", folder.resolve("cache").toString());
    String whole = embed(bench, target, folder);
    for (int i = 0; i < Math.max(1, 10 / bench.settings().share()); i++) {
      Disks.run("rm", "-rf", folder.resolve("cache").toString());
      long millis = random.nextLong(300, 2_300);
      AttackTarget.Started killed = start(bench, target, folder);
      killed.process().waitFor(millis, TimeUnit.MILLISECONDS);
      killed.process().destroyForcibly();
      killed.await(bench.target().patience());
      tally.check(
          embed(bench, target, folder).equals(whole),
          "killed after %d ms".formatted(millis),
          "other results");
    }
    for (Path file : bench.some(files(folder.resolve("cache")))) {
      Flips.flip(file, random.nextLong(8 * Files.size(file)));
      tally.check(
          embed(bench, target, folder).equals(whole),
          "a bit of " + file.getFileName(),
          "other results");
    }
    tally.check(files(temporary).isEmpty(), "the temporary folder", files(temporary).toString());
  }

  private static AttackTarget.Started start(Bench bench, AttackTarget target, Path folder)
      throws IOException {
    Path work = Files.createTempDirectory(folder, "w");
    return target.start(
        folder,
        Feed.in(
            work.resolve("w"), "embed", bench.feed().picture(0).toString(), "-o", work + "/e.csv"));
  }

  private static String embed(Bench bench, AttackTarget target, Path folder)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(folder, "w");
    Answer answer =
        target.run(
            folder,
            Feed.in(
                work.resolve("w"),
                "embed",
                bench.feed().picture(0).toString(),
                "-o",
                work + "/e.csv"));
    return answer.code() == 0 ? Files.readString(work.resolve("e.csv")) : answer.summary();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> Files.isRegularFile(f) && f.toFile().length() > 0).sorted().toList();
    }
  }
}
