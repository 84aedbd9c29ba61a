package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code kill -9} at random moments, again and again, until the command gets to its end between two
 * kills; then the next command. The results are compared with those of the undisturbed workspace.
 */
final class Kills implements Attack {
  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String expectation() {
    return "after kills at random moments of import, fit and study, the same commands end with the same results";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    Instant begun = Instant.now();
    bench.target().run(bench.feed().folder(), "version");
    Duration start = Duration.between(begun, Instant.now());
    Instant until = Instant.now().plus(bench.settings().limit());
    AtomicInteger left = new AtomicInteger(bench.settings().kills());
    Side.both(
        bench.settings().threads(),
        side -> {
          SplittableRandom random = bench.random(name() + side);
          while (left.get() > 0 && Instant.now().isBefore(until)) {
            disturb(bench, tally, random, start, left, until);
          }
        });
    if (left.get() > 0) {
      tally.left("%d kills short: out of time".formatted(left.get()));
    }
  }

  private static void disturb(
      Bench bench,
      Tally tally,
      SplittableRandom random,
      Duration start,
      AtomicInteger left,
      Instant until)
      throws IOException, InterruptedException {
    Path workspace = bench.fresh("killed").resolve("w");
    int kills = 0;
    for (String[] command : bench.feed().work()) {
      boolean ended = false;
      while (!ended) {
        AttackTarget.Started started =
            bench.target().start(bench.feed().folder(), Feed.in(workspace, command));
        boolean kill = left.get() > 0 && Instant.now().isBefore(until);
        long millis = (long) (start.toMillis() * (.3 - 2 * Math.log(1 - random.nextDouble())));
        ended = !kill || started.process().waitFor(millis, TimeUnit.MILLISECONDS);
        if (!ended) {
          started.process().destroyForcibly();
          left.decrementAndGet();
          kills++;
        }
        Answer answer = started.await(bench.target().patience());
        if (ended && answer.code() != 0) {
          tally.failed("%s after %d kills".formatted(command[0], kills), answer.summary());
          return;
        }
      }
    }
    List<String> found = bench.answers(workspace);
    boolean same = found.equals(bench.results());
    for (int i = 0; i < Math.max(1, kills); i++) {
      tally.check(same || i > 0, "%d kills".formatted(kills), "other results: " + workspace);
    }
  }
}
