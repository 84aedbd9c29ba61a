package dev.anvil.packs;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackManifest.PackFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the {@code pack.json} of a pack that was pulled or added; {@link ManifestReader} reads it.
 */
final class ManifestWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ManifestWriter() {}

  static void write(PackManifest manifest, Path file) throws IOException {
    ObjectNode root =
        MAPPER
            .createObjectNode()
            .put("anvil", ManifestReader.FORMAT)
            .put("name", manifest.name())
            .put("kind", manifest.kind().text())
            .put("version", manifest.version())
            .put("licence", manifest.licence())
            .put("origin", manifest.origin());
    manifest.limits().ifPresent(limits -> root.put("limits", limits));
    ArrayNode files = root.putArray("files");
    for (PackFile of : manifest.files()) {
      ObjectNode node =
          files
              .addObject()
              .put("file", of.file())
              .put("role", of.role())
              .put("bytes", of.bytes())
              .put("sha256", of.sha256());
      tensors(node.putArray("inputs"), of.inputs());
      tensors(node.putArray("outputs"), of.outputs());
    }
    MAPPER.writeValue(file.toFile(), root);
  }

  private static void tensors(ArrayNode list, List<TensorSpec> tensors) {
    for (TensorSpec tensor : tensors) {
      ArrayNode shape =
          list.addObject().put("name", tensor.name()).put("type", tensor.type()).putArray("shape");
      for (long length : tensor.shape()) {
        if (length == TensorSpec.FREE) {
          shape.add("*");
        } else {
          shape.add(length);
        }
      }
    }
  }
}
