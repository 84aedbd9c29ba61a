package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.ReproduceOutcome;
import dev.anvil.engine.request.ReproduceRequest;
import dev.anvil.workspace.Difference;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reproduce",
    description = {
      "Repeat a finished fit or study and print every difference in its results.",
      "The run itself stays unchanged. The exit code is 1 if there is a difference."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final int MOST = 100;
  private static final int LONGEST = 120;

  @Mixin Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Number of the run (default: the newest fit or study).")
  Optional<Long> run = Optional.empty();

  @Option(
      names = "--from-scratch",
      description =
          "Compute everything again, in a separate workspace. By default, stored"
              + " embeddings, elements and variants are reused.")
  boolean fromScratch;

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      ReproduceOutcome reproduction = common.run(anvil, new ReproduceRequest(run, fromScratch));
      common.print(reproduction, text(reproduction));
      return reproduction.differences().isEmpty() ? 0 : Main.FAILED;
    }
  }

  private static String text(ReproduceOutcome reproduction) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Run %d (%s), %s:%n"
            .formatted(
                reproduction.reproduced(),
                reproduction.job(),
                reproduction.fromScratch()
                    ? "everything computed again"
                    : "stored embeddings, elements and variants are reused (--from-scratch"
                        + " computes them again)"));
    int count = reproduction.differences().size();
    if (count == 0) {
      return text.append("no difference").toString();
    }
    for (Difference d : reproduction.differences().subList(0, Math.min(MOST, count))) {
      text.append("%s: was %s; is %s%n".formatted(d.path(), cut(d.was()), cut(d.is())));
    }
    if (count > MOST) {
      text.append("and %d more; --json has them all%n".formatted(count - MOST));
    }
    return text.append(count == 1 ? "1 difference" : count + " differences").toString();
  }

  private static String cut(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value;
  }
}
