package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Box;
import java.util.Locale;

/** What points at one element of a picture. */
public sealed interface Prompt {
  /** The label of the element that is found. */
  String label();

  /** Words: the element is called so. */
  record Words(String text) implements Prompt {
    public Words {
      if (text.isBlank()) {
        throw new IllegalArgumentException("found no words");
      }
    }

    @Override
    public String label() {
      return text.strip();
    }
  }

  /** A point within the element, in pixels of the picture. */
  record Point(double x, double y) implements Prompt {
    @Override
    public String label() {
      return String.format(Locale.ROOT, "point %.0f,%.0f", x, y);
    }
  }

  /** A box around the element, in pixels of the picture. */
  record Around(Box box) implements Prompt {
    public Around {
      requireNonNull(box, "box is null");
    }

    @Override
    public String label() {
      return String.format(
          Locale.ROOT, "box %.0f,%.0f,%.0f,%.0f", box.left(), box.top(), box.right(), box.bottom());
    }
  }
}
