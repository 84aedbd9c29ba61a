package dev.anvil.web.api;

import dev.anvil.campaign.CampaignStore;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.Job;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.web.StudioSettings;
import dev.anvil.web.guard.AllowedFolders;
import dev.anvil.web.guard.RequestCheck;
import dev.anvil.web.guard.TextCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What the answers are made with: the engine, what requests may touch, uploads, events. */
public final class Workbench implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Workbench.class.getName());

  private final ExecutorService readers = Executors.newSingleThreadExecutor(Workbench::reader);
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
    new CampaignStore(anvil.workspace()).names().stream().findFirst().ifPresent(this::warm);
  }

  private static Thread reader(Runnable task) {
    Thread thread = new Thread(task, "anvil-reader");
    thread.setDaemon(true);
    return thread;
  }

  public Anvil anvil() {
    return anvil;
  }

  /** Reads a campaign in the background, so that nobody waits for a large one. */
  void warm(String campaign) {
    readers.execute(
        () -> {
          try {
            anvil.gallery().rows(campaign, Optional.empty());
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "campaign " + campaign + " was not read", e);
          }
        });
  }

  /** Reads what an import made, once it has ended well. */
  void warm(Job<?> importing) {
    readers.execute(
        () -> {
          try {
            if (importing.await() instanceof ImportOutcome made) {
              anvil.gallery().rows(made.summary().campaign(), Optional.empty());
            }
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the import of run " + importing.run(), e);
          }
        });
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
    readers.shutdownNow();
    try {
      if (!readers.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.log(System.Logger.Level.WARNING, "a campaign is still being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
