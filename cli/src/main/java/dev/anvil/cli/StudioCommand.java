package dev.anvil.cli;

import dev.anvil.CancelledException;
import dev.anvil.engine.Anvil;
import dev.anvil.web.Studio;
import dev.anvil.web.StudioSettings;
import dev.anvil.web.UploadLimits;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "studio",
    description = {
      "Serve the studio: the whole job in a browser, and an HTTP API for other programs.",
      "It prints a link that signs in one browser, and runs until you stop it with" + " Ctrl-C."
    })
final class StudioCommand implements Callable<Integer> {
  private static final int JOBS = 2;
  private static final Duration WHILE = Duration.ofHours(1);

  @Mixin Common common;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  int port = 7878;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Listen on this address of the machine instead, so that others can reach it."
              + " Traffic is not encrypted.")
  Optional<String> host = Optional.empty();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Folder from which posts and pictures may be imported by path; may be"
              + " repeated (default: the current folder).")
  List<Path> folders = List.of(Path.of(""));

  @Option(names = "--open", description = "Open the link in the browser of this machine.")
  boolean open;

  @Override
  public Integer call() throws Exception {
    StudioSettings settings =
        new StudioSettings(
            port,
            host,
            folders.stream().map(f -> f.toAbsolutePath().normalize()).toList(),
            UploadLimits.USUAL);
    try (Anvil anvil = common.open(common.workspace, JOBS);
        Studio studio = Studio.serve(anvil, settings, link -> say("Next browser: " + link))) {
      say("Studio of %s: %s".formatted(common.workspace, studio.link()));
      say("The link signs in one browser. Stop the studio with Ctrl-C; its work is" + " kept.");
      if (open) {
        browse(studio.link());
      }
      while (true) {
        common.context().sleep(WHILE);
      }
    } catch (CancelledException e) {
      return 0;
    }
  }

  private void say(String line) {
    common.out().println(line);
    common.out().flush();
  }

  private void browse(String link) throws IOException {
    if (!GraphicsEnvironment.isHeadless() && Desktop.isDesktopSupported()) {
      Desktop.getDesktop().browse(URI.create(link));
      return;
    }
    List<String> command = new ArrayList<>();
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("win")) {
      command.addAll(List.of("rundll32", "url.dll,FileProtocolHandler"));
    } else {
      command.add(system.contains("mac") ? "open" : "xdg-open");
    }
    command.add(link);
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      common
          .err()
          .println(
              "note: no browser could be opened (%s); open the link yourself"
                  .formatted(e.getMessage()));
    }
  }
}
