package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Entry point of the command line.
 *
 * <p>Exit codes: 0 done, 1 something failed, 2 the command was not understood, 3 an input cannot be
 * used (every problem of it is printed).
 */
@Command(
    name = "anvil",
    description = "Which elements of your creatives drive performance, by how much, how surely.",
    subcommands = {
      DemoCommand.class,
      ImportCommand.class,
      FitCommand.class,
      PredictCommand.class,
      ElementsCommand.class,
      EmbedCommand.class,
      AskCommand.class,
      ExplainCommand.class,
      EditCommand.class,
      StudyCommand.class,
      PlantCommand.class,
      ReportCommand.class,
      ReproduceCommand.class,
      SensitivityCommand.class,
      ScorecardCommand.class,
      ModelsCommand.class,
      WorkspaceCommand.class,
      WorldCommand.class,
      VersionCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class Main implements Runnable {
  static final int FAILED = 1;
  static final int INVALID_INPUT = 3;

  @Spec CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(errors())
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }

  /** The folder that Anvil was installed in; models and the showroom are found there. */
  static Path home() {
    return Path.of(System.getProperty("anvil.home", ".")).toAbsolutePath().normalize();
  }

  private static IExecutionExceptionHandler errors() {
    return (exception, commandLine, parsed) -> {
      boolean verbose = parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--verbose");
      if (exception instanceof InvalidInputException invalid) {
        printProblems(invalid.problems(), commandLine);
        return INVALID_INPUT;
      }
      commandLine.getErr().println("anvil: " + message(exception));
      if (verbose) {
        exception.printStackTrace(commandLine.getErr());
      } else {
        commandLine.getErr().println("(--verbose shows where)");
      }
      return FAILED;
    };
  }

  private static void printProblems(List<Problem> problems, CommandLine commandLine) {
    for (Problem problem : problems) {
      commandLine.getErr().println("anvil: " + problem);
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
