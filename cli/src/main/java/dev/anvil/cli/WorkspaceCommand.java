package dev.anvil.cli;

import dev.anvil.NotFoundException;
import dev.anvil.workspace.Workspace;
import dev.anvil.workspace.WorkspaceCare;
import dev.anvil.workspace.WorkspaceCare.Cleaning;
import dev.anvil.workspace.WorkspaceCare.Damage;
import dev.anvil.workspace.WorkspaceCare.Health;
import dev.anvil.workspace.WorkspaceCare.Removal;
import dev.anvil.workspace.WorkspaceCare.Repair;
import dev.anvil.workspace.WorkspaceCare.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "workspace",
    description = "Maintain a workspace: check it, repair it, show its size, free space.")
final class WorkspaceCommand {
  private static final int UNSOUND = 1;
  private static final double MEGABYTE = 1e6;

  @Command(
      name = "check",
      description =
          "Compare all stored results with their checksums, and pictures with the"
              + " import. The exit code is 1 if something is damaged.")
  int check(@Mixin Common common) throws IOException {
    try (Workspace workspace = open(common)) {
      Health health = new WorkspaceCare(workspace).check(common.context());
      common.print(
          health,
          sizes(health.sizes())
              + (health.isSound()
                  ? "Nothing is damaged."
                  : "Damaged:\n" + damage(health.damage()) + "\nanvil workspace repair fixes it."));
      return health.isSound() ? 0 : UNSOUND;
    }
  }

  @Command(
      name = "repair",
      description =
          "Delete what is damaged and can be recomputed; report what cannot. The exit"
              + " code is 1 if damage is left.")
  int repair(@Mixin Common common) throws IOException {
    try (Workspace workspace = open(common)) {
      Repair repair = new WorkspaceCare(workspace).repair(common.context());
      StringBuilder text = new StringBuilder();
      if (!repair.dropped().isEmpty()) {
        text.append("Dropped:\n").append(damage(repair.dropped())).append('\n');
      }
      if (!repair.left().isEmpty()) {
        text.append("Cannot be mended here:\n").append(damage(repair.left())).append('\n');
      }
      common.print(repair, text.isEmpty() ? "Nothing is damaged." : text.toString().strip());
      return repair.left().isEmpty() ? 0 : UNSOUND;
    }
  }

  @Command(name = "size", description = "Print the size of stored results, by kind and encoder.")
  int size(@Mixin Common common) throws IOException {
    try (Workspace workspace = open(common)) {
      List<Size> sizes = new WorkspaceCare(workspace).size();
      common.print(sizes, sizes(sizes).stripTrailing());
      return 0;
    }
  }

  @Command(
      name = "clean",
      description =
          "Delete failed and cancelled runs, files that nothing refers to, and"
              + " unfinished files.")
  int clean(
      @Mixin Common common,
      @Option(names = "--dry-run", description = "Only print what would be deleted.")
          boolean dryRun)
      throws IOException {
    try (Workspace workspace = open(common)) {
      Cleaning cleaning = new WorkspaceCare(workspace).clean(dryRun);
      Map<String, List<Removal>> byKind =
          cleaning.removals().stream().collect(Collectors.groupingBy(Removal::kind));
      String text =
          byKind.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(e -> "%s: %d%n".formatted(e.getKey(), e.getValue().size()))
              .collect(Collectors.joining());
      common.print(
          cleaning,
          text + "%s %s".formatted(dryRun ? "Would free" : "Freed", megabytes(cleaning.bytes())));
      return 0;
    }
  }

  /** A workspace that is there; looking after it makes none. */
  private static Workspace open(Common common) {
    if (!Files.isDirectory(common.workspace)) {
      throw new NotFoundException(
          common.workspace.toString(), "does not exist; expected a workspace");
    }
    return Workspace.open(common.workspace, problem -> {});
  }

  private static String sizes(List<Size> sizes) {
    return sizes.stream()
        .map(
            s ->
                String.format(
                    Locale.ROOT,
                    "%-44s %8d %12s%n",
                    s.kind() + (s.name().isEmpty() ? "" : " " + s.name()),
                    s.items(),
                    megabytes(s.bytes())))
        .collect(Collectors.joining());
  }

  private static String damage(List<Damage> damage) {
    return damage.stream()
        .map(d -> "  %s %s: %s; %s".formatted(d.kind(), d.where(), d.found(), d.mend()))
        .collect(Collectors.joining("\n"));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }
}
