package dev.anvil.cli;

import dev.anvil.packs.CatalogueEntry;
import dev.anvil.packs.Installed;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.PackPuller;
import dev.anvil.packs.PullSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Download a pack of the catalogue. An interrupted pull resumes where it" + " stopped.",
      "For private and gated repositories, put a token into the variable HF_TOKEN.",
      "Example: anvil models pull clip-vit-base-patch32"
    })
final class ModelsPull implements Callable<Integer> {
  @Mixin Common common;

  @Mixin Catalogues catalogues;

  @Parameters(paramLabel = "NAME", description = "Name in anvil models list --all.")
  String name;

  @Option(names = "--accept-licence", description = "I have read the pack's licence and accept it.")
  boolean accepted;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Use this server instead of Hugging Face (also: the variable" + " ANVIL_MODEL_MIRROR).")
  String mirror;

  @Option(
      names = "--offline",
      description =
          "Download nothing, and say what is missing (also: the variable" + " ANVIL_OFFLINE=1).")
  boolean offline;

  @Override
  public Integer call() throws IOException {
    CatalogueEntry entry = catalogues.read(common.ownModels).get(name);
    OwnPacks.requireNotBundled(name);
    PullSettings settings = PullSettings.of(System.getenv(), Optional.ofNullable(mirror), offline);
    ModelFolder models = new ModelFolder(common.ownModels);
    Installed installed = new PackPuller(models, settings).pull(entry, accepted, common.context());
    OwnPacks.requireUsable(installed, models);
    OwnPacks.print(common, "Pulled", installed);
    return 0;
  }
}
