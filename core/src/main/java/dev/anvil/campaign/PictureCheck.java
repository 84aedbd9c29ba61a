package dev.anvil.campaign;

import java.nio.file.Path;
import java.util.Optional;

/** Looks whether a file is a picture that can be used; called from several threads. */
@FunctionalInterface
public interface PictureCheck {
  /** Takes every file for a picture. */
  PictureCheck NONE = (file, bytes) -> Optional.empty();

  /**
   * What is wrong with a file, as "found ...; expected ...", or nothing.
   *
   * @param bytes of the file, which its hash is taken of too
   */
  Optional<String> problem(Path file, byte[] bytes);
}
