package dev.anvil.stats;

/**
 * The functions that the distributions are made of (NIST Digital Library of Mathematical Functions,
 * chapters 5, 7 and 8).
 */
final class SpecialFunctions {
  private static final double EPSILON = 1e-16;
  private static final double TINY = 1e-300;

  /** From here on, Stirling's series is exact to double precision. */
  private static final double STIRLING = 12;

  private SpecialFunctions() {}

  /** Upper tail of the standard normal, relatively accurate to about 1e-14 for every z. */
  static double normalTail(double z) {
    if (z < 0) {
      return 1 - normalTail(-z);
    }
    if (z < 2) {
      return .5 - normalDensity(z) * oddSeries(z);
    }
    return z > 39 ? 0 : normalDensity(z) / millsFraction(z);
  }

  static double normalDensity(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** z + z^3/3 + z^5/(3*5) + ...: the area from 0 to z over the density at z. */
  private static double oddSeries(double z) {
    double term = z;
    double sum = z;
    for (int k = 3; term > EPSILON * sum; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return sum;
  }

  /** z + 1/(z + 2/(z + 3/(z + ...))): the density at z over the area beyond z. */
  private static double millsFraction(double z) {
    double value = z;
    for (int k = 200; k >= 1; k--) {
      value = z + k / value;
    }
    return value;
  }

  /** Logarithm of the beta function without the cancellation that large arguments bring. */
  static double logBeta(double a, double b) {
    double large = Math.max(a, b);
    double small = Math.min(a, b);
    if (large < STIRLING) {
      return logGamma(large) + logGamma(small) - logGamma(large + small);
    }
    double sum = large + small;
    return logGamma(small)
        - small * Math.log(large)
        - (sum - .5) * Math.log1p(small / large)
        + small
        + stirlingRemainder(large)
        - stirlingRemainder(sum);
  }

  static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < STIRLING) {
      shift += Math.log(y);
      y++;
    }
    return (y - .5) * Math.log(y) - y + .5 * Math.log(2 * Math.PI) + stirlingRemainder(y) - shift;
  }

  private static double stirlingRemainder(double x) {
    double r = 1 / (x * x);
    return (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r * (1 / 1188.0)))))
        / x;
  }

  /**
   * The regularised incomplete beta function I_x(a, b).
   *
   * @param x 0 to 1
   * @param y 1 - x, given apart so that it keeps its digits near 0
   */
  static double incompleteBeta(double x, double y, double a, double b) {
    if (x <= 0) {
      return 0;
    }
    if (y <= 0) {
      return 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - betaFraction(y, x, b, a);
    }
    return betaFraction(x, y, a, b);
  }

  /** DLMF 8.17.22, evaluated by Lentz's method. */
  private static double betaFraction(double x, double y, double a, double b) {
    double logX = x < y ? Math.log(x) : Math.log1p(-y);
    double logY = y < x ? Math.log(y) : Math.log1p(-x);
    double front = Math.exp(a * logX + b * logY - logBeta(a, b)) / a;
    double c = 1;
    double d = 1 / guard(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m < 100_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / guard(1 + even * d);
      c = guard(1 + even / c);
      fraction *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / guard(1 + odd * d);
      c = guard(1 + odd / c);
      fraction *= c * d;
      if (Math.abs(c * d - 1) < 4 * EPSILON) {
        return front * fraction;
      }
    }
    throw new ArithmeticException("incomplete beta (%s; %s, %s) diverges".formatted(x, a, b));
  }

  private static double guard(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
