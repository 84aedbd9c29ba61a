package dev.anvil.campaign;

import java.math.BigDecimal;

/** Shows numbers in full. */
final class Decimals {
  private Decimals() {}

  /** Digits and a point, without an exponent or zeros at the end. */
  static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
