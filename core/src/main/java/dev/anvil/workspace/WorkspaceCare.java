package dev.anvil.workspace;

import static java.util.Objects.requireNonNull;

import dev.anvil.ConflictException;
import dev.anvil.RunContext;
import dev.anvil.store.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what a workspace holds and what of it is damaged, mends it, and frees space. */
public final class WorkspaceCare {
  private final Workspace workspace;

  public WorkspaceCare(Workspace workspace) {
    this.workspace = requireNonNull(workspace, "workspace is null");
  }

  /**
   * Something that is not as it was kept.
   *
   * @param kind database, campaign, picture, run, artefact, result, blob or embeddings
   * @param where which one
   * @param found what is wrong with it
   * @param mend what mends it
   * @param droppable whether {@link #repair} can drop it, since it can be made anew
   */
  public record Damage(String kind, String where, String found, String mend, boolean droppable) {
    public Damage {
      requireNonNull(kind, "kind is null");
      requireNonNull(where, "where is null");
      requireNonNull(found, "found is null");
      requireNonNull(mend, "mend is null");
    }
  }

  /**
   * How much there is of something.
   *
   * @param kind database, results, artefacts, blobs, embeddings, unfinished or other
   * @param name of a kind of results, an encoder or a folder; empty for all of a kind
   */
  public record Size(String kind, String name, long items, long bytes) {
    public Size {
      requireNonNull(kind, "kind is null");
      requireNonNull(name, "name is null");
    }
  }

  /** What a workspace holds and what of it is damaged. */
  public record Health(List<Size> sizes, List<Damage> damage) {
    public Health {
      sizes = List.copyOf(sizes);
      damage = List.copyOf(damage);
    }

    public boolean isSound() {
      return damage.isEmpty();
    }
  }

  /**
   * What {@link #repair} did.
   *
   * @param dropped is made anew when it is needed again
   * @param left cannot be mended here; each says what mends it
   */
  public record Repair(List<Damage> dropped, List<Damage> left) {
    public Repair {
      dropped = List.copyOf(dropped);
      left = List.copyOf(left);
    }
  }

  /**
   * Something that {@link #clean} removed, or would.
   *
   * @param kind run, blob, unfinished or scratch
   */
  public record Removal(String kind, String name, long bytes) {
    public Removal {
      requireNonNull(kind, "kind is null");
      requireNonNull(name, "name is null");
    }
  }

  /**
   * What {@link #clean} did.
   *
   * @param dryRun whether nothing was removed
   */
  public record Cleaning(boolean dryRun, List<Removal> removals) {
    public Cleaning {
      removals = List.copyOf(removals);
    }

    /** Bytes of what was removed, or would be. */
    public long bytes() {
      return removals.stream().mapToLong(Removal::bytes).sum();
    }
  }

  /**
   * Compares everything with its checksum or name, and the pictures of campaigns with what was
   * imported. Changes nothing.
   */
  public Health check(RunContext context) {
    return new Health(size(), new DamageFinder(workspace).find(context));
  }

  /** Drops what is damaged and can be made anew, and says what cannot. */
  public Repair repair(RunContext context) {
    requireNobodyAtWork();
    DamageFinder finder = new DamageFinder(workspace);
    List<Damage> dropped = new ArrayList<>();
    List<Damage> left = new ArrayList<>();
    for (Damage damage : finder.find(context)) {
      (damage.droppable() ? dropped : left).add(damage);
    }
    finder.drop();
    return new Repair(dropped, left);
  }

  /** Bytes by kind, and by kind of results and encoder. */
  public List<Size> size() {
    return Sizes.of(workspace);
  }

  /**
   * Removes what nothing refers to: runs that failed or were cancelled, blobs, files and folders
   * that were left unfinished.
   *
   * @param dryRun whether only to say what would go
   * @throws ConflictException while a run is at work
   */
  public Cleaning clean(boolean dryRun) {
    requireNobodyAtWork();
    return new Cleaning(dryRun, new Cleaner(workspace).clean(dryRun));
  }

  private void requireNobodyAtWork() {
    Optional<Run> busy =
        workspace.runs().list().stream()
            .filter(run -> run.state() == Run.State.RUNNING)
            .findFirst();
    if (busy.isPresent()) {
      throw new ConflictException(
          workspace.folder().toString(),
          "run %d (%s) is at work; wait for its end or cancel it first"
              .formatted(busy.get().id(), busy.get().request().command()));
    }
  }
}
