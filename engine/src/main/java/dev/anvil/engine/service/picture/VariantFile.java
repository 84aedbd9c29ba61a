package dev.anvil.engine.service.picture;

import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.PngText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PNG file that carries the request that it was made from, and how it was judged. */
final class VariantFile {
  private static final String CHECK = "anvil:check";
  private static final String PASSED = "passed";

  private VariantFile() {}

  /**
   * Why the variant in a file is not valid, one reason a line, none when it is; empty when there is
   * no file of this request.
   */
  static Optional<List<String>> read(Path file, Map<String, String> request) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Map<String, String> texts = new LinkedHashMap<>(PngText.read(Files.readAllBytes(file)));
      String check = texts.remove(CHECK);
      return check != null && texts.equals(request)
          ? Optional.of(check.equals(PASSED) ? List.of() : check.lines().toList())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no PNG: it is written anew
    }
  }

  /** Writes a file whole or not at all. */
  static void write(Path file, Picture picture, Map<String, String> request, List<String> reasons)
      throws IOException {
    Map<String, String> texts = new LinkedHashMap<>(request);
    texts.put(CHECK, reasons.isEmpty() ? PASSED : String.join("\n", reasons));
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path part = folder.resolve("." + file.getFileName() + ".part");
    Files.write(part, PictureWriter.png(picture, texts));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
