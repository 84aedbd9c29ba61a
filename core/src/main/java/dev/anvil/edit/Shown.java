package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

/** What a picture shows after an edit, by which posts that show it without an edit are found. */
public sealed interface Shown {
  /**
   * The edited element's paint is near a colour.
   *
   * @param hex sRGB in six hexadecimal digits
   */
  record Paint(String hex) implements Shown {
    public Paint {
      requireNonNull(hex, "hex is null");
    }
  }

  /**
   * A figure stands round the edited element.
   *
   * @param label what the figure is
   * @param place A to H, see {@link InsertCutout}, or {@link InsertCutout#NONE}
   */
  record Figure(String label, String place) implements Shown {
    public Figure {
      requireNonNull(label, "label is null");
      requireNonNull(place, "place is null");
    }
  }
}
