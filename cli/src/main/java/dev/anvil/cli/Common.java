package dev.anvil.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.edit.remote.Consent;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.Request;
import dev.anvil.packs.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that most commands have, and how results are printed. */
final class Common {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "FOLDER",
      description = "Where Anvil keeps its work (default: ${DEFAULT-VALUE}).",
      defaultValue = "anvil-workspace")
  Path workspace;

  @Option(names = "--json", description = "Print the result as JSON, without progress bars.")
  boolean json;

  @Option(names = "--quiet", description = "No progress bars.")
  boolean quiet;

  @Option(names = "--verbose", description = "Print details when something fails.")
  boolean verbose;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Number of threads (default: the number of cores).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description =
          "Your own model packs (default: the variable ANVIL_MODELS, else .anvil/models at home).")
  Path ownModels = usualModels();

  @Option(
      names = "--allow-upload",
      paramLabel = "HOST",
      description = "Allow a remote editor to send pictures to this server; may be repeated.")
  List<String> uploads = List.of();

  @Option(
      names = "--secret",
      paramLabel = "VARIABLE=HOST",
      description =
          "Allow the secret in this variable to be sent to this server; may be" + " repeated.")
  Map<String, String> secrets = Map.of();

  @Option(names = "-h", usageHelp = true, description = "Show this help.")
  boolean help;

  private static Path usualModels() {
    String variable = System.getenv("ANVIL_MODELS");
    return variable == null || variable.isBlank()
        ? Path.of(System.getProperty("user.home"), ".anvil", "models")
        : Path.of(variable);
  }

  /** The packs that came with Anvil. */
  static ModelStore bundledModels() {
    return new ModelStore(List.of(Main.home().resolve("models")));
  }

  /** The bundled packs, then the user's. */
  ModelStore models() {
    return new ModelStore(List.of(Main.home().resolve("models"), ownModels));
  }

  /** Opens the workspace. */
  Anvil open() throws IOException {
    return open(workspace);
  }

  /** Opens another workspace. */
  Anvil open(Path folder) throws IOException {
    return open(folder, 1);
  }

  /** Opens another workspace, for some jobs at once. */
  Anvil open(Path folder, int jobs) throws IOException {
    return Anvil.open(
        new AnvilSettings(
            folder,
            List.of(Main.home().resolve("models"), ownModels),
            threads,
            jobs,
            consent(folder)));
  }

  /** Does a job and prints what a person should know of how it was asked. */
  <R> R run(Anvil anvil, Request<R> request) {
    try {
      return anvil.run(request, context());
    } finally {
      anvil.networks().deprecations().forEach(d -> err().println("note: " + d));
    }
  }

  /** What the user lets leave this machine: settings at home, those of the workspace, options. */
  private Consent consent(Path folder) throws IOException {
    return Consent.read(Path.of(System.getProperty("user.home"), ".anvil", Consent.SETTINGS))
        .and(Consent.read(folder.resolve(Consent.SETTINGS)))
        .and(Consent.of(uploads, secrets));
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  RunContext context() {
    PhaseListener listener = json || quiet ? PhaseListener.NONE : new BarProgress();
    return RunContext.of(listener, Main.GUARD.cancellation()).withThreads(threads);
  }

  /** Prints a result: as JSON with {@code --json}, else as the text. */
  void print(Object result, String text) throws IOException {
    if (json) {
      out().println(mapper().writeValueAsString(result));
    } else {
      out().println(text);
    }
    out().flush();
  }

  static ObjectMapper mapper() {
    return EngineJson.compact().copy().enable(SerializationFeature.INDENT_OUTPUT);
  }
}
