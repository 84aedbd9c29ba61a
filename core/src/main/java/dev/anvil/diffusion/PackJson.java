package dev.anvil.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelPack;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** The configuration files of a pack. */
final class PackJson {
  private PackJson() {}

  /**
   * What a file of the pack says; a missing node where the pack has no such file.
   *
   * @throws InvalidInputException when it is no JSON
   */
  static JsonNode read(ModelPack pack, String file) {
    Optional<Path> path = pack.resource(file);
    if (path.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return Documents.json(path.get(), "a configuration");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
