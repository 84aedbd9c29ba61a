package dev.anvil.cli;

import dev.anvil.packs.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The catalogues of packs that a command knows. */
final class Catalogues {
  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description =
          "A catalogue of your own besides the bundled one; catalogue.yaml in your model folder is"
              + " always read.")
  List<Path> files = List.of();

  Catalogue read(Path ownModels) throws IOException {
    Catalogue all = Catalogue.bundled();
    Path usual = ownModels.resolve("catalogue.yaml");
    if (Files.isRegularFile(usual)) {
      all = all.with(Catalogue.read(usual));
    }
    for (Path file : files) {
      all = all.with(Catalogue.read(file));
    }
    return all;
  }
}
