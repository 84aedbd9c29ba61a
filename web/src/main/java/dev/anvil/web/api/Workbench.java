package dev.anvil.web.api;

import dev.anvil.engine.Anvil;
import dev.anvil.web.StudioSettings;
import dev.anvil.web.guard.AllowedFolders;
import dev.anvil.web.guard.RequestCheck;
import dev.anvil.web.guard.TextCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the answers are made with: the engine, what requests may touch, uploads, events. */
public final class Workbench implements AutoCloseable {
  private final Anvil anvil;
  private final Path own;
  private final RequestCheck check;
  private final Uploads uploads;
  private final Events events;

  /** A workbench in the folder {@code studio} of the engine's workspace. */
  public Workbench(Anvil anvil, StudioSettings settings) {
    this.anvil = anvil;
    try {
      this.own =
          Files.createDirectories(anvil.settings().workspace().resolve("studio")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("making the studio's folder", e);
    }
    AllowedFolders folders = new AllowedFolders(own, settings.folders());
    this.check =
        new RequestCheck(folders, new TextCheck(folders, anvil.settings().consent().uploads()));
    this.uploads = new Uploads(own.resolve("uploads"), settings.limits());
    this.events = new Events(anvil);
    anvil.liveStudies().watch();
  }

  public Anvil anvil() {
    return anvil;
  }

  /** The folder that the studio reads and writes. */
  public Path own() {
    return own;
  }

  public RequestCheck check() {
    return check;
  }

  public Uploads uploads() {
    return uploads;
  }

  public Events events() {
    return events;
  }

  @Override
  public void close() {
    events.close();
  }
}
