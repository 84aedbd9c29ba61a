package dev.anvil.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the small files that lie beside a graph. */
final class HuggingFaceFolder {
  private HuggingFaceFolder() {}

  /** A {@code config.json} that names classes. */
  static void labels(Path folder, Map<Integer, String> names) throws IOException {
    String labels =
        new TreeMap<>(names)
            .entrySet().stream()
                .map(e -> "\"%d\": \"%s\"".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    Files.writeString(folder.resolve("config.json"), "{\"id2label\": {" + labels + "}}\n");
  }

  /**
   * A {@code preprocessor_config.json} with ImageNet's constants and bilinear resizing.
   *
   * @param size as JSON
   */
  static void preprocessor(Path folder, String size) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": %s, "resample": 2, "do_rescale": true,
         "rescale_factor": 0.00392156862745098, "do_normalize": true,
         "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
        """
            .formatted(size));
  }
}
