package dev.anvil.encode;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.Optional;

/**
 * What an encoder looks at: a picture and, where one was found, the mask of its main element. An
 * edited picture is looked at with the mask of its source (docs/method.md section 4.3).
 */
public record View(Picture picture, Optional<Mask> element) {
  public View {
    requireNonNull(picture, "picture is null");
    requireNonNull(element, "element is null");
    element.ifPresent(
        m -> {
          if (m.width() != picture.width() || m.height() != picture.height()) {
            throw new IllegalArgumentException("%s does not fit %s".formatted(m, picture));
          }
        });
  }
}
