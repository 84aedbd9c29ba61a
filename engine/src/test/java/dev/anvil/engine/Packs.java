package dev.anvil.engine;

import dev.anvil.RunContext;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.PackAdder;
import dev.anvil.packs.PackKind;
import dev.anvil.standin.BackboneStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Model packs made for tests. */
final class Packs {
  private Packs() {}

  /** A tiny backbone; another version has other features. */
  static void backbone(Path models, String name, int version) throws IOException {
    ModelFolder folder = new ModelFolder(models);
    if (!folder.removals(name).isEmpty()) {
      folder.remove(name);
    }
    Path source = Files.createTempDirectory(models.toAbsolutePath().getParent(), "made");
    Path export =
        new BackboneStandIn(64, 8, version == 1 ? 24 : 20)
            .timm(Files.createDirectory(source.resolve(name)));
    new PackAdder(folder)
        .add(
            export,
            new PackAdder.Request(
                Optional.of(name),
                Optional.empty(),
                Optional.of(PackKind.BACKBONE),
                Optional.of("MIT"),
                Optional.of("a stand-in")),
            RunContext.NONE);
  }
}
