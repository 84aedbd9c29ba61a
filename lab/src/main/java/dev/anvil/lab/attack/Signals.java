package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** SIGINT, SIGTERM and SIGHUP at moments of a fit. */
final class Signals implements Attack {
  private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

  @Override
  public String name() {
    return "signal";
  }

  @Override
  public String expectation() {
    return "a signal ends a fit with its own exit code and in words; the same command then ends with the same results";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    SplittableRandom random = bench.random(name());
    Path workspace = bench.fresh("signalled").resolve("w");
    bench.target().run(bench.feed().folder(), Feed.in(workspace, "import", "posts.csv"));
    Instant begun = Instant.now();
    bench.target().run(bench.feed().folder(), "version");
    long start = Duration.between(begun, Instant.now()).toMillis();
    for (int i = 0; i < bench.settings().signals(); i++) {
      for (Map.Entry<String, Integer> signal : CODES.entrySet()) {
        long millis = (long) (start * (1 + 1.5 * random.nextDouble()));
        AttackTarget.Started started =
            bench.target().start(bench.feed().folder(), Feed.in(workspace, "fit"));
        if (started.process().waitFor(millis, TimeUnit.MILLISECONDS)) {
          started.await(bench.target().patience());
          workspace = bench.fresh("signalled").resolve("w");
          bench.target().run(bench.feed().folder(), Feed.in(workspace, "import", "posts.csv"));
          continue;
        }
        started.signal(signal.getKey());
        Answer answer = started.await(bench.target().patience());
        boolean ended = answer.code() == 0; // it was done before the signal came
        tally.check(
            ended
                || (answer.code() == signal.getValue()
                    && answer.isOrderly()
                    && (answer.err().isBlank() // before Anvil had begun
                        || answer.err().contains("the same command goes on from there"))),
            "SIG%s after %d ms".formatted(signal.getKey(), millis),
            answer.summary());
      }
    }
    for (String[] command : bench.feed().work()) {
      bench.target().run(bench.feed().folder(), Feed.in(workspace, command));
    }
    tally.check(
        bench.answers(workspace).equals(bench.results()),
        "all signals",
        "other results: " + workspace);
  }
}
