package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.packs.CatalogueEntry;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackManifest.PackFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the packs with kind, size, licence and origin.")
final class ModelsList implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Mixin Common common;

  @Mixin Catalogues catalogues;

  @Option(
      names = "--all",
      description =
          "Also list packs of the catalogue that are not installed, with what is"
              + " unverified about them.")
  boolean all;

  @Override
  public Integer call() throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    List<Object> packs = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Set<String> here = new HashSet<>();
    List<List<String>> rows = new ArrayList<>();
    for (Path folder : common.models().list()) {
      here.add(folder.getFileName().toString());
      describe(folder, packs, rows).ifPresent(lines::add);
    }
    lines.add(
        0, Tables.text(List.of("pack", "kind", "size", "licence", "from"), rows).stripTrailing());
    result.put("packs", packs);
    if (all) {
      List<CatalogueEntry> absent =
          catalogues.read(common.ownModels).entries().stream()
              .filter(e -> !here.contains(e.name()))
              .toList();
      result.put("catalogue", absent);
      lines.add("");
      lines.add(
          "Not installed; anvil models pull NAME downloads those that can be" + " downloaded:");
      absent.forEach(entry -> lines.add(describe(entry)));
    } else {
      lines.add("(--all lists the packs that can be pulled or exported)");
    }
    common.print(result, String.join("\n", lines));
    return 0;
  }

  /** A pack that does not open is told with its first problem. */
  private static Optional<String> describe(Path folder, List<Object> packs, List<List<String>> rows)
      throws IOException {
    try {
      ModelPack pack = ModelPack.open(folder);
      packs.add(pack.manifest());
      long bytes = pack.manifest().files().stream().mapToLong(PackFile::bytes).sum();
      rows.add(
          List.of(
              pack.manifest().name(),
              pack.manifest().kind().text(),
              Tables.cell("%.0f MB", bytes / MEGABYTE),
              pack.manifest().licence(),
              pack.manifest().origin()));
      return Optional.empty();
    } catch (InvalidInputException e) {
      packs.add(Map.of("folder", folder.toString(), "problems", e.problems()));
      return Optional.of("%s: not sound, %s".formatted(folder.getFileName(), e.problems().get(0)));
    }
  }

  private static String describe(CatalogueEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s (%s, %s, licence %s): %s"
            .formatted(
                entry.name(),
                entry.kind().text(),
                entry.size().orElse("size not known"),
                entry.licence(),
                entry.about()));
    entry.page().ifPresent(page -> text.append("\n    from ").append(page));
    entry.restriction().ifPresent(r -> text.append("\n    needs --accept-licence: ").append(r));
    entry.unverified().ifPresent(u -> text.append("\n    unverified: ").append(u));
    entry
        .export()
        .ifPresent(
            e -> text.append("\n    export it:\n").append(e.strip().indent(6).stripTrailing()));
    return text.toString();
  }
}
