package dev.anvil.cli;

import picocli.CommandLine.Command;

@Command(
    name = "models",
    description = {
      "List, pull, add, check and remove model packs.",
      "docs/models.md lists the packs and says how to export those that cannot be" + " downloaded."
    },
    subcommands = {
      ModelsList.class,
      ModelsPull.class,
      ModelsAdd.class,
      ModelsCheck.class,
      ModelsRemove.class
    })
final class ModelsCommand {}
