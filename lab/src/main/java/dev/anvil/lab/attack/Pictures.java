package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hostile pictures: each alone, then all of them among sound ones. */
final class Pictures implements Attack {
  @Override
  public String name() {
    return "hostile picture";
  }

  @Override
  public String expectation() {
    return "refused in words, or read, in time and in 1 GB; among others it costs its own post alone";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    Path folder = bench.fresh("pictures");
    List<HostileCase> all = HostilePictures.all(Files.readAllBytes(bench.feed().picture(0)));
    Side.each(
        bench.settings().threads(),
        bench.some(all),
        one -> {
          Path picture = Files.write(folder.resolve(fileName(all.indexOf(one))), one.content());
          Answer answer = embed(bench, folder, picture);
          tally.check(one.holds(answer), one.name(), answer.summary());
        });
    Path fifo = folder.resolve("fifo.jpg");
    if (Disks.run("mkfifo", fifo.toString()) == 0) {
      Answer answer = embed(bench, folder, fifo);
      tally.check(answer.isRefused(), "a pipe", answer.summary());
      Files.delete(fifo);
    }
    Answer answer = embed(bench, folder, Path.of("/dev/zero"));
    tally.check(answer.isRefused(), "/dev/zero", answer.summary());
    if (bench.settings().share() == 1) {
      amongOthers(bench, tally, folder, all);
    }
  }

  private static Answer embed(Bench bench, Path folder, Path picture)
      throws IOException, InterruptedException {
    Path out = Files.createTempDirectory(folder, "out");
    return bench
        .target()
        .run(folder, Feed.in(out.resolve("w"), "embed", picture.toString(), "-o", out + "/e.csv"));
  }

  private static void amongOthers(Bench bench, Tally tally, Path folder, List<HostileCase> all)
      throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>(List.of("picture,date,clicks"));
    int sound = all.size() * 2;
    for (int i = 0; i < sound; i++) {
      Files.copy(bench.feed().picture(i), folder.resolve("p%s.jpg".formatted(i)));
      rows.add("p%s.jpg,2022-02-%s,%s".formatted(i, 10 + i % 19, 10 + i));
    }
    for (int i = 0; i < all.size(); i++) {
      rows.add("%s,2022-03-%s,5".formatted(fileName(i), 10 + i % 19));
    }
    Path table = Files.write(folder.resolve("posts.csv"), rows);
    Answer answer =
        bench.target().run(folder, Feed.in(folder.resolve("w"), "import", table.toString()));
    tally.check(
        answer.code() == 0 && answer.isOrderly(),
        "all among %d others".formatted(sound),
        answer.summary());
  }

  private static String fileName(int number) {
    return "h%s.jpg".formatted(number);
  }
}
