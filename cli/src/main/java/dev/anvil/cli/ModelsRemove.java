package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.ModelFolder.Removal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description =
        "Delete a pack that was pulled or added, or what an interrupted pull left;"
            + " without --yes, only print what would be deleted.")
final class ModelsRemove implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Mixin Common common;

  @Parameters(paramLabel = "NAME", description = "Name in anvil models list.")
  String name;

  @Option(names = "--yes", description = "Delete it.")
  boolean yes;

  @Override
  public Integer call() throws IOException {
    OwnPacks.requireNotBundled(name);
    ModelFolder models = new ModelFolder(common.ownModels);
    List<Removal> removals = models.removals(name);
    if (removals.isEmpty()) {
      throw new InvalidInputException(
          common.ownModels.toString(), "found no pack \"%s\" to remove".formatted(name));
    }
    if (yes) {
      models.remove(name);
    }
    String what =
        removals.stream()
            .map(
                r ->
                    String.format(
                        Locale.ROOT,
                        "%s (%d files, %.0f MB)",
                        r.folder(),
                        r.files(),
                        r.bytes() / MEGABYTE))
            .collect(Collectors.joining("\n  ", "\n  ", ""));
    common.print(
        Map.of("removed", yes, "folders", removals),
        yes ? "Removed" + what : "Would remove" + what + "\nGive --yes to do it.");
    return 0;
  }
}
