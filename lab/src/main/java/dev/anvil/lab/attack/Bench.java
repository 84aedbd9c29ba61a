package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the attacks work on: a small campaign, and a workspace in which nothing went wrong.
 *
 * @param folder of this campaign's files
 * @param target what is attacked
 * @param settings how hard
 * @param feed the posts
 * @param whole the workspace in which nothing went wrong
 * @param results what its commands answer
 */
record Bench(
    Path folder,
    AttackTarget target,
    AttackSettings settings,
    Feed feed,
    Path whole,
    List<String> results) {
  private static final Duration UNDISTURBED = Duration.ofMinutes(20);

  /** Imports, fits and, where there are posts enough, studies. */
  static Bench prepare(Path folder, AttackTarget target, AttackSettings settings)
      throws IOException, InterruptedException {
    Feed feed = Feed.write(folder.resolve("feed"), settings.scenes(), settings.posts());
    Path whole = folder.resolve("whole");
    for (String[] command : feed.work()) {
      Answer answer = target.start(feed.folder(), Feed.in(whole, command)).await(UNDISTURBED);
      if (answer.code() != 0) {
        throw new IllegalStateException(
            "%s without an attack: %s".formatted(command[0], answer.summary()));
      }
    }
    Bench bench = new Bench(folder, target, settings, feed, whole, List.of());
    return new Bench(folder, target, settings, feed, whole, bench.answers(whole));
  }

  /** What the commands answer once all is done, and how they end. */
  List<String> answers(Path workspace) throws IOException, InterruptedException {
    List<String> out = new ArrayList<>();
    for (String[] command : feed.questions()) {
      Answer answer = target.start(feed.folder(), Feed.in(workspace, command)).await(UNDISTURBED);
      out.add(answer.results());
    }
    return out;
  }

  /** Every one of these, or as few as the settings ask for. */
  <T> List<T> some(List<T> all) {
    return IntStream.iterate(0, i -> i < all.size(), i -> i + settings.share())
        .mapToObj(all::get)
        .toList();
  }

  SplittableRandom random(String attack) {
    return new SplittableRandom(settings.seed() + attack.hashCode());
  }

  /** A fresh folder. */
  Path fresh(String name) throws IOException {
    return Files.createTempDirectory(folder, name);
  }
}
