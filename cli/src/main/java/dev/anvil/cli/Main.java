package dev.anvil.cli;

import dev.anvil.AnvilException;
import dev.anvil.InternalException;
import dev.anvil.MissingPackException;
import dev.anvil.Problem;
import dev.anvil.ShutdownGuard;
import dev.anvil.lab.Showroom;
import dev.anvil.natives.NativeLibraries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * used or something is not there (every problem of it is printed), or less than half of a table's
 * rows could be, 4 monitoring raised an alarm, 130 it was stopped, also by SIGINT, 143 by SIGTERM,
 * 129 by SIGHUP.
 */
@Command(
    name = "anvil",
    description =
        "Which elements of your creatives drive performance, by how much, and how"
            + " certain that is.")
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          ImportCommand.class,
          FitCommand.class,
          PredictCommand.class,
          ElementsCommand.class,
          EmbedCommand.class,
          AskCommand.class,
          ExplainCommand.class,
          EditCommand.class,
          GenerateCommand.class,
          StudyCommand.class,
          LabelCommand.class,
          PlantCommand.class,
          MonitorCommand.class,
          ReportCommand.class,
          StudioCommand.class,
          ReproduceCommand.class,
          SensitivityCommand.class,
          ScorecardCommand.class,
          ModelsCommand.class,
          WorkspaceCommand.class,
          WorldCommand.class,
          AttackCommand.class,
          VersionCommand.class);

  /** Longer than a cancelled step of any work takes. */
  static final ShutdownGuard GUARD = new ShutdownGuard(Duration.ofSeconds(30));

  static final int FAILED = 1;
  static final int INVALID_INPUT = 3;
  static final int ALARM = 4;
  static final int CANCELLED = 130;

  private static final Map<String, String> ADVICE =
      Map.of(
          "campaign", "(run anvil import first)",
          "model", "(run anvil fit first)",
          "study", "(run anvil study first)",
          "encoder", "(run anvil fit --encoder PACK first)");

  @Spec CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers in names, keys and messages are the same everywhere
    ScratchFolder.enter();
    NativeLibraries.warnTo(text -> System.err.println("anvil: " + text));
    GUARD.install();
    int code = execute(args);
    System.exit(GUARD.workEnded().orElse(code));
  }

  /** Runs a command; an error of the machine is said, not thrown. */
  private static int execute(String... args) {
    try {
      return commandLine(args).execute(args);
    } catch (OutOfMemoryError e) {
      System.err.printf(
          "anvil: out of memory (%s) with %d MiB; finished work is kept. Run again"
              + " with more memory: ANVIL_JAVA_OPTIONS=-Xmx8g ./anvil ...%n",
          e.getMessage(), Runtime.getRuntime().maxMemory() >> 20);
      return FAILED;
    }
  }

  /**
   * The command line for these arguments. Commands that they do not name are there by name and
   * description alone: making all twenty takes longer than most answers.
   */
  static CommandLine commandLine(String... args) {
    Set<String> named = Set.copyOf(Arrays.asList(args));
    boolean all =
        named.contains("generate-completion")
            || named.stream().anyMatch(argument -> argument.startsWith("@"));
    CommandLine commandLine = new CommandLine(new Main());
    for (Class<?> type : COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      List<String> names = new ArrayList<>(List.of(command.aliases()));
      names.add(command.name());
      if (all || names.stream().anyMatch(named::contains)) {
        commandLine.addSubcommand(type);
      } else {
        CommandSpec known = CommandSpec.create().name(command.name()).aliases(command.aliases());
        known.usageMessage().description(command.description());
        commandLine.addSubcommand(command.name(), known);
      }
    }
    return commandLine
        .addSubcommand(HelpCommand.class)
        .addSubcommand(GenerateCompletion.class)
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

  /** The bundled campaign. */
  static Showroom showroom() {
    return new Showroom(home().resolve("showroom"));
  }

  private static IExecutionExceptionHandler errors() {
    return (exception, commandLine, parsed) -> {
      boolean verbose = parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--verbose");
      PrintWriter err = commandLine.getErr();
      AnvilException known =
          exception instanceof AnvilException e
              ? e
              : new InternalException(message(exception), exception);
      switch (known.code()) {
        case INVALID_INPUT, NOT_FOUND, CONFLICT, MISSING_PACK -> {
          known.problems().forEach(problem -> err.println("anvil: " + Mends.text(problem)));
          advice(known).ifPresent(err::println);
          return INVALID_INPUT;
        }
        case CANCELLED -> {
          err.println(
              "anvil: stopped; finished work is kept, and the same command resumes from"
                  + " there");
          return CANCELLED;
        }
        case INTERNAL -> {
          err.println("anvil: " + message(known));
          if (verbose) {
            known.printStackTrace(err);
          } else {
            err.println("(--verbose shows where)");
          }
          return FAILED;
        }
      }
      throw new IllegalStateException("no exit code for " + known.code());
    };
  }

  /** The command that mends it, where there is one. */
  private static Optional<String> advice(AnvilException e) {
    if (e instanceof MissingPackException missing) {
      return Optional.of(
          ("(anvil models list --all shows what is available; anvil models pull %s or"
                  + " anvil models add FOLDER installs it, --models FOLDER says where it is)")
              .formatted(missing.pack()));
    }
    return e.problems().stream()
        .map(Problem::where)
        .filter(ADVICE::containsKey)
        .findFirst()
        .map(ADVICE::get);
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
