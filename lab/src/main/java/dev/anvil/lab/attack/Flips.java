package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One bit flipped in a file of a workspace or of a pack. */
final class Flips implements Attack {
  private static final String PACK = "mobilenet-ssd";

  @Override
  public String name() {
    return "bit flip";
  }

  @Override
  public String expectation() {
    return "refused in words, mended and said, or the same results; never silently others";
  }

  /** Where a bit is flipped. */
  private record Flip(boolean ofPack, Path file, long bit) {}

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    Path home = bench.settings().scenes().getParent().getParent().getParent();
    Path pack = home.resolve("models").resolve(PACK);
    List<Flip> flips = new ArrayList<>();
    SplittableRandom random = bench.random(name());
    List<Map.Entry<String, List<Path>>> kinds = new ArrayList<>(kinds(bench.whole()).entrySet());
    kinds.addAll(kinds(pack).entrySet());
    for (int i = 0; i < bench.settings().flips(); i++) {
      List<Path> files = kinds.get(i % kinds.size()).getValue();
      Path file = files.get(random.nextInt(files.size()));
      boolean ofPack = file.startsWith(pack);
      flips.add(
          new Flip(
              ofPack,
              (ofPack ? pack : bench.whole()).relativize(file),
              random.nextLong(8 * Files.size(file))));
    }
    Side.each(
        bench.settings().threads(),
        flips,
        flip -> {
          if (flip.ofPack()) {
            inPack(bench, tally, flip, pack);
          } else {
            inWorkspace(bench, tally, flip);
          }
        });
  }

  /** Files by what they are: those in one folder with one ending, or all blobs. */
  private static Map<String, List<Path>> kinds(Path root) throws IOException {
    Map<String, List<Path>> out = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file :
          all.filter(Files::isRegularFile).filter(f -> size(f) > 0).sorted().toList()) {
        Path inside = root.relativize(file);
        String name = inside.getFileName().toString();
        String kind =
            inside.startsWith("blobs") || inside.startsWith("embeddings")
                ? inside.getName(0).toString() + name.replaceAll("^[^.]*", "")
                : name;
        out.computeIfAbsent(kind, k -> new ArrayList<>()).add(file);
      }
    }
    return out;
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static void inWorkspace(Bench bench, Tally tally, Flip flip)
      throws IOException, InterruptedException {
    Path workspace = bench.fresh("flipped").resolve("w");
    Disks.run("cp", "-a", bench.whole().toString(), workspace.toString());
    flip(workspace.resolve(flip.file()), flip.bit());
    ask(
        bench,
        tally,
        bench.target(),
        workspace,
        "bit %d of %s".formatted(flip.bit(), flip.file()),
        0);
    Disks.run("rm", "-rf", workspace.getParent().toString());
  }

  /** The pack is added as one of the user's, under its own name, where no other is bundled. */
  private static void inPack(Bench bench, Tally tally, Flip flip, Path pack)
      throws IOException, InterruptedException {
    Path home = bench.fresh("home");
    Path models = Files.createDirectories(home.resolve("models"));
    Disks.run("cp", "-a", pack.toString(), models.toString());
    flip(models.resolve(PACK).resolve(flip.file()), flip.bit());
    Path workspace = home.resolve("w");
    Disks.run("cp", "-a", bench.whole().toString(), workspace.toString());
    List<String> command = new ArrayList<>(bench.target().command());
    command.add(1, "-Danvil.home=" + home); // after java, and before another one counts less
    command.removeIf(word -> word.startsWith("-Danvil.home=") && !word.endsWith(home.toString()));
    AttackTarget target =
        new AttackTarget(command, bench.target().environment(), bench.target().patience());
    ask(
        bench,
        tally,
        target,
        workspace,
        "bit %d of %s/%s".formatted(flip.bit(), PACK, flip.file()),
        bench.feed().questions().size() - 1);
    Disks.run("rm", "-rf", home.toString());
  }

  private static void ask(
      Bench bench, Tally tally, AttackTarget target, Path workspace, String input, int first)
      throws IOException, InterruptedException {
    for (int i = first; i < bench.feed().questions().size(); i++) {
      String[] question = bench.feed().questions().get(i);
      Answer answer = target.run(bench.feed().folder(), Feed.in(workspace, question));
      boolean same = answer.results().equals(bench.results().get(i));
      boolean inWords =
          answer.code() != 0
              && answer.code() <= 3
              && !answer.isHung()
              && !answer.hasStack()
              && !answer.err().isBlank();
      if (!same && !inWords && !(answer.code() == 0 && isSaid(answer))) {
        tally.failed(
            input + ", " + question[0],
            (answer.code() == 0 ? "silently other results; " : "") + answer.summary());
        return;
      }
    }
    tally.held();
  }

  private static boolean isSaid(Answer answer) {
    return answer.err().matches("(?s).*(damaged|does not have the bytes|checksum).*");
  }

  static void flip(Path file, long bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    Files.write(file, bytes);
  }
}
