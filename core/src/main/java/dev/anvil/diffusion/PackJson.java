package dev.anvil.diffusion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The configuration files of a pack. */
final class PackJson {
  /** Diffusers writes minus infinity into configurations of DPM-Solver. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

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
      return parse(Files.readAllBytes(path.get()));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          path.get().toString(),
          "found no JSON (%s); expected it".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }
}
