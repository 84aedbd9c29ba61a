package dev.anvil.cli;

import picocli.CommandLine.Command;

@Command(
    name = "models",
    description = {
      "The model packs that Anvil can use: list them, pull or add more, check them.",
      "Which there are, and how to export those that cannot be downloaded: docs/models.md."
    },
    subcommands = {
      ModelsList.class,
      ModelsPull.class,
      ModelsAdd.class,
      ModelsCheck.class,
      ModelsRemove.class
    })
final class ModelsCommand {}
