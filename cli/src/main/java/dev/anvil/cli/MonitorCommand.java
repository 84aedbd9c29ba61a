package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.MonitorRequest.Challenger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "monitor",
    description = {
      "Watch the model on posts that came after it was fitted (docs/monitoring.md).",
      "Posts whose metric is not known yet are predicted, and the predictions"
          + " recorded; later runs compare.",
      "Example: anvil import new.csv --name Spring --append && anvil monitor",
      "The exit code is 4 if an alarm is raised."
    })
final class MonitorCommand implements Callable<Integer> {
  @Mixin Common common;

  @Mixin ModelOption model;

  @Option(
      names = "--years",
      paramLabel = "N",
      description =
          "Minimum average number of years until a false alarm of any kind (default:" + " 2).")
  double years = MonitorRequest.standard().years();

  @Option(
      names = "--smallest",
      paramLabel = "SHARE",
      description = "Smallest change in a quarter that counts as fatigue (default: 0.05).")
  double smallest = MonitorRequest.standard().smallest();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "HTML file to write (default: monitor.html in the workspace).")
  Optional<Path> page = Optional.empty();

  @Option(
      names = "--effects",
      description = "Also estimate the effects of the newest study by year or quarter.")
  boolean effects;

  @Option(
      names = "--study",
      paramLabel = "RUN",
      description = "The same for the study of this run.")
  Optional<Long> study = Optional.empty();

  @Option(
      names = "--challenge",
      description = "Also compare the model with one that is fitted again on newer posts.")
  boolean challenge;

  @Option(
      names = "--promote",
      description = "The same, and use the new model from now on if it is better.")
  boolean promote;

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      MonitorOutcome outcome =
          common.run(
              anvil,
              new MonitorRequest(
                  model.run,
                  years,
                  smallest,
                  MonitorRequest.standard().randomSeed(),
                  page,
                  effects || study.isPresent()
                      ? Optional.of(new MonitorRequest.OfStudy(study))
                      : Optional.empty(),
                  challenger()));
      common.print(outcome, MonitorText.of(outcome));
      return outcome.evidence().isAlarmed() ? Main.ALARM : 0;
    }
  }

  private Challenger challenger() {
    return promote ? Challenger.PROMOTE : challenge ? Challenger.COMPARE : Challenger.NONE;
  }
}
