package dev.anvil.packs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.Sha256;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a model pack of a folder in the layout of Hugging Face: every graph gets its role and the
 * inputs and outputs that it has, every other file is named as it is.
 */
public final class StandInPack {
  private static final Map<String, String> ROLES =
      Map.of(
          "model", "model",
          "vision_model", "vision",
          "text_model", "text",
          "vision_encoder", "encoder",
          "prompt_encoder_mask_decoder", "decoder");

  private StandInPack() {}

  /**
   * Writes the folder's {@code pack.json} and opens it.
   *
   * <p>A graph's role follows from its name without {@code _fp16}, {@code _quantized} and the like;
   * {@code unet/model.onnx} is {@code unet}; any other name is the role itself.
   */
  public static ModelPack open(Path folder, PackKind kind) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode manifest =
        mapper
            .createObjectNode()
            .put("anvil", "pack/1")
            .put("name", folder.getFileName().toString().toLowerCase(Locale.ROOT))
            .put("kind", kind.text())
            .put("version", "1")
            .put("licence", "Apache-2.0")
            .put("origin", "a stand-in");
    ArrayNode files = manifest.putArray("files");
    for (Path file : files(folder)) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      ObjectNode node =
          files
              .addObject()
              .put("file", path)
              .put("role", path.endsWith(".onnx") ? role(path) : path)
              .put("bytes", Files.size(file))
              .put("sha256", Sha256.of(file));
      describe(path, file, node.putArray("inputs"), node.putArray("outputs"));
    }
    mapper.writeValue(folder.resolve(ModelPack.MANIFEST).toFile(), manifest);
    return ModelPack.open(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().equals(ModelPack.MANIFEST))
          .sorted()
          .toList();
    }
  }

  private static String role(String path) {
    String[] parts = path.split("/", -1);
    String name =
        parts[parts.length - 1]
            .replace(".onnx", "")
            .replaceAll("_(fp16|quantized|int8|uint8|q4|q4f16|bnb4)$", "");
    if (parts.length > 1 && name.equals("model") && !parts[parts.length - 2].equals("onnx")) {
      return parts[parts.length - 2];
    }
    return ROLES.getOrDefault(name, name);
  }

  private static void describe(String path, Path file, ArrayNode inputs, ArrayNode outputs) {
    if (path.endsWith(".onnx")) {
      try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
        network.inputs().forEach(t -> tensor(inputs, t));
        network.outputs().forEach(t -> tensor(outputs, t));
      }
    }
  }

  private static void tensor(ArrayNode list, TensorSpec tensor) {
    TinyPack.typed(
        list,
        tensor.name(),
        tensor.type(),
        tensor.shape().stream().map(d -> d == TensorSpec.FREE ? "any" : (Object) d).toArray());
  }
}
