package dev.anvil.edit;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Eight places round a main element, as on a clock seen from above with the camera at six: A front
 * left, B front, C front right, D right, E back right, F back, G back left, H left.
 *
 * <p>The numbers are medians over 313 rendered scenes of the showroom, where a person of 1.72 m
 * stands round cars of all types; those at the back, partly hidden there, follow from their heads.
 */
enum Placement {
  A(-.05, .05, 1.07, false),
  B(.51, .11, 1.08, false),
  C(1.06, .06, 1.06, false),
  D(1.10, -.13, .98, false),
  E(.86, -.20, .90, true),
  F(.50, -.20, .88, true),
  G(.05, -.20, .90, true),
  H(-.11, -.15, .94, false);

  /**
   * Where figures behind the element end, in its heights: median over 55 scenes whose person was
   * found.
   */
  private static final double SEEN_BEHIND = -.62;

  /** Width of a person with their arms, in their heights. */
  private static final double PERSON_WIDTH = .5;

  /** Share of a figure behind the element that is to be in sight. */
  private static final double SIGHT = 1 / 3.0;

  /** Middle of the figure from the element's left edge, in the element's widths. */
  final double across;

  /** Feet below the element's lower edge, in the element's heights. */
  final double feet;

  /** Height of the figure, in the element's heights. */
  final double height;

  /** Whether the element hides the figure. */
  final boolean behind;

  /** The place of that name. */
  static Optional<Placement> of(String name) {
    return Arrays.stream(values()).filter(p -> p.name().equals(name)).findFirst();
  }

  /**
   * Where a person at this place is, with the part that the element hides.
   *
   * @param element its box, in pixels
   */
  Box person(Box element) {
    double tall = height * element.height();
    double half = .5 * PERSON_WIDTH * tall;
    double x = element.left() + across * element.width();
    double y = element.bottom() + feet * element.height();
    return new Box(x - half, y - tall, x + half, y);
  }

  /** The place where a figure is, by what is in sight of it. */
  static Placement nearest(Box element, Box figure) {
    double x = ((figure.left() + figure.right()) / 2 - element.left()) / element.width();
    double y = (figure.bottom() - element.bottom()) / element.height();
    return Arrays.stream(values())
        .min(Comparator.comparingDouble(p -> Math.hypot(x - p.across, y - p.lowest())))
        .orElseThrow();
  }

  /** Where a figure ends below the element's lower edge, as far as it is in sight. */
  private double lowest() {
    return behind ? SEEN_BEHIND : feet;
  }

  /**
   * The nearest place along the back from which at least a third of a figure is in sight; where
   * there is none, that from which most is.
   *
   * @param figure its silhouette, cut close
   * @param element what hides it, of the picture's size
   * @param x middle of the figure, in pixels
   * @param top of the figure, in pixels
   * @param reach width of the element, in pixels; half of it is tried to either side
   * @return middle of the figure, in pixels
   */
  static double inSight(Mask figure, Mask element, double x, int top, double reach) {
    double best = x;
    double most = -1;
    for (int step = 0; step <= 10; step++) {
      for (int side = -1; side <= 1; side += 2) {
        double at = x + side * step * .05 * reach;
        int left = (int) Math.round(at - figure.width() / 2.0);
        double seen = seen(figure, element, left, top);
        if (seen > most + 1e-9) {
          most = seen;
          best = at;
        }
        if (seen >= SIGHT) {
          return at;
        }
      }
    }
    return best;
  }

  private static double seen(Mask figure, Mask element, int left, int top) {
    double all = 0;
    double free = 0;
    for (int y = 0; y < figure.height(); y++) {
      for (int x = 0; x < figure.width(); x++) {
        int u = left + x;
        int v = top + y;
        boolean within = u >= 0 && v >= 0 && u < element.width() && v < element.height();
        all += figure.get(x, y);
        free += within ? figure.get(x, y) * (1 - element.get(u, v)) : 0;
      }
    }
    return free / Math.max(1e-9, all);
  }

  Placement(double across, double feet, double height, boolean behind) {
    this.across = across;
    this.feet = feet;
    this.height = height;
    this.behind = behind;
  }
}
