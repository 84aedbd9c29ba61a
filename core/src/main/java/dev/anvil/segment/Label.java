package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A class of a data set, such as ADE20K's {@code car}.
 *
 * @param id index of the class in a network's logits
 * @param name in lower case
 * @param other another spelling in use, for example {@code tv} for {@code television receiver}
 * @param isThing whether it has instances that can be counted (car), unlike stuff (road)
 * @param colour in the data set's palette, 0xRRGGBB; empty when the set has none
 * @param raw id in the data set's own files; {@code id} where they agree
 */
public record Label(
    int id, String name, Optional<String> other, boolean isThing, OptionalInt colour, int raw) {
  public Label {
    requireNonNull(name, "name is null");
    requireNonNull(other, "other is null");
    requireNonNull(colour, "colour is null");
  }

  /** Whether that is one of its spellings. */
  public boolean isCalled(String spelling) {
    return name.equals(spelling) || other.filter(spelling::equals).isPresent();
  }
}
