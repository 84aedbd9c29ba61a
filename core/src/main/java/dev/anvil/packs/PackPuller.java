package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.packs.CatalogueEntry.RemoteFile;
import dev.anvil.packs.Download.Fetched;
import dev.anvil.packs.PackInstaller.Description;
import dev.anvil.packs.PackLayout.Network;
import dev.anvil.workspace.FileTree;
import dev.anvil.workspace.WriteLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Downloads packs. A pull that was cut goes on where it was; what came is verified; the pack
 * appears as a whole or not at all; two pulls of one pack at once wait for each other.
 */
public final class PackPuller {
  /** What a staged folder was begun for; another entry begins anew. */
  private static final String ENTRY = ".entry";

  private final ModelFolder models;
  private final PullSettings settings;

  public PackPuller(ModelFolder models, PullSettings settings) {
    this.models = requireNonNull(models, "models is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * Brings a pack into the store; one that is there already stays as it is.
   *
   * @param licenceAccepted whether a restrictive licence was accepted
   * @throws InvalidInputException when the pack cannot be had like this, or is not what was
   *     promised
   * @throws IOException when it did not come for now; what came is kept
   */
  public Installed pull(CatalogueEntry entry, boolean licenceAccepted, RunContext context)
      throws IOException {
    refuse(entry, licenceAccepted);
    try (WriteLock lock = models.lock(entry.name())) {
      requireNonNull(lock);
      if (models.has(entry.name())) {
        return new Installed(
            ModelPack.open(models.pack(entry.name())), List.of("was there already"));
      }
      if (settings.offline()) {
        throw new InvalidInputException(
            entry.name(),
            "is not in the store and Anvil is offline (--offline or %s); expected a connection, or"
                    .formatted(PullSettings.OFFLINE)
                + " the files on this machine: anvil models add FOLDER");
      }
      return download(entry, context);
    }
  }

  private static void refuse(CatalogueEntry entry, boolean licenceAccepted) {
    if (entry.repository().isEmpty()) {
      throw new InvalidInputException(
          entry.name(),
          "cannot be downloaded; export it, then anvil models add FOLDER:\n"
              + entry.export().orElseThrow());
    }
    if (entry.restriction().isPresent() && !licenceAccepted) {
      throw new InvalidInputException(
          entry.name(),
          "has the licence %s: %s; read it at %s and give --accept-licence"
              .formatted(entry.licence(), entry.restriction().get(), entry.page().orElseThrow()));
    }
  }

  private Installed download(CatalogueEntry entry, RunContext context) throws IOException {
    Path staging = begin(entry);
    Download download = new Download(settings);
    Repository repository = new Repository(entry, settings.host());
    List<RemoteFile> files =
        entry.files().isEmpty() ? repository.list(download, staging, context) : entry.files();
    long known = files.stream().mapToLong(f -> f.bytes().orElse(0)).sum();
    DiskRoom.require(staging, known - staged(staging, files));
    List<String> notes = new ArrayList<>();
    Set<String> commits = new TreeSet<>();
    try (Phase phase = context.start("pull " + entry.name(), known == 0 ? -1 : known)) {
      for (RemoteFile file : files) {
        Path target = staging.resolve(file.as());
        if (Files.exists(target)) {
          phase.step(Files.size(target));
          continue;
        }
        Files.createDirectories(target.getParent());
        Optional<Fetched> fetched =
            download.fetch(
                repository.address(file), file, target, new Meter(phase), phase.context());
        fetched.flatMap(Fetched::commit).ifPresent(commits::add);
        if (fetched.isPresent() && fetched.get().verified().isEmpty()) {
          notes.add(
              "%s: nobody publishes its hash; recorded SHA-256 %s"
                  .formatted(file.as(), Sha256.of(target)));
        }
      }
    }
    PackLayout layout = PackDetector.detect(staging, Optional.of(entry.kind()));
    requireRoles(entry, layout);
    notes.addAll(layout.notes());
    String commit = commits.size() == 1 ? " (commit %s)".formatted(commits.iterator().next()) : "";
    PackInstaller.install(
        models,
        layout,
        new Description(
            entry.name(),
            entry.revision() + commit,
            entry.licence(),
            entry.page().orElseThrow().toString()));
    return new Installed(ModelPack.open(models.pack(entry.name())), notes);
  }

  private Path begin(CatalogueEntry entry) throws IOException {
    Path staging = models.staging(entry.name());
    Path mark = staging.resolve(ENTRY);
    String now = Sha256.of(entry.toString());
    if (!Files.exists(mark) || !Files.readString(mark).equals(now)) {
      FileTree.delete(staging);
      Files.writeString(models.staging(entry.name()).resolve(ENTRY), now);
    }
    return staging;
  }

  private static long staged(Path staging, List<RemoteFile> files) throws IOException {
    long bytes = 0;
    for (RemoteFile file : files) {
      Path target = staging.resolve(file.as());
      if (file.bytes().isPresent()) {
        bytes += Files.exists(target) ? Files.size(target) : new PartFile(target).bytes();
      }
    }
    return bytes;
  }

  /** The catalogue's roles are claims; the networks decide. */
  private static void requireRoles(CatalogueEntry entry, PackLayout layout) {
    List<Problem> problems = new ArrayList<>();
    for (RemoteFile file : entry.files()) {
      for (Network network : layout.networks()) {
        if (network.file().equals(file.as())
            && !file.role().orElse(network.role()).equals(network.role())) {
          problems.add(
              new Problem(
                  entry.name() + " " + file.as(),
                  "found the role %s by its inputs and outputs; expected %s, as in the catalogue"
                      .formatted(network.role(), file.role().orElseThrow())));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Turns positions in one file into steps, also when a file begins anew. */
  private static final class Meter implements LongConsumer {
    private final Phase phase;
    private long shown;

    Meter(Phase phase) {
      this.phase = phase;
    }

    @Override
    public void accept(long position) {
      if (position > shown) {
        phase.step(position - shown);
        shown = position;
      }
    }
  }
}
