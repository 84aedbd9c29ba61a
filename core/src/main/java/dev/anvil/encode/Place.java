package dev.anvil.encode;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import java.util.Arrays;
import java.util.Optional;

/**
 * Size and place of an element as fractions of its picture (docs/method.md section 4.3).
 *
 * @param coverage share of the picture's area
 * @param centreX centre of mass from the left
 * @param centreY centre of mass from the top
 * @param width of the box around the element
 * @param height of the box around the element
 */
record Place(double coverage, double centreX, double centreY, double width, double height) {
  static final int LENGTH = 5;

  /** Empty when no pixel belongs to the element by more than one half. */
  static Optional<Place> of(Mask mask) {
    Optional<Box> bounds = mask.bounds();
    if (bounds.isEmpty()) {
      return Optional.empty();
    }
    double mass = 0;
    double x = 0;
    double y = 0;
    float[] alpha = mask.alpha();
    for (int row = 0, i = 0; row < mask.height(); row++) {
      double rowMass = 0;
      for (int column = 0; column < mask.width(); column++, i++) {
        if (alpha[i] != 0) {
          rowMass += alpha[i];
          x += alpha[i] * (column + .5);
        }
      }
      mass += rowMass;
      y += rowMass * (row + .5);
    }
    return Optional.of(
        new Place(
            mass / alpha.length,
            x / mass / mask.width(),
            y / mass / mask.height(),
            bounds.get().width() / mask.width(),
            bounds.get().height() / mask.height()));
  }

  float[] toArray() {
    return new float[] {
      (float) coverage, (float) centreX, (float) centreY, (float) width, (float) height
    };
  }

  static float[] unknown() {
    float[] out = new float[LENGTH];
    Arrays.fill(out, Float.NaN);
    return out;
  }
}
