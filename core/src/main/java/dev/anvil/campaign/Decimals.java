package dev.anvil.campaign;

import java.math.BigDecimal;
import java.math.MathContext;

/** Shows numbers in full. */
public final class Decimals {
  private Decimals() {}

  /** Of 15 digits all are right in a double: 2.05 % is .0205. */
  private static final MathContext RIGHT = new MathContext(15);

  /** Digits and a point, without an exponent or zeros at the end. */
  public static String plain(double value) {
    return new BigDecimal(value).round(RIGHT).stripTrailingZeros().toPlainString();
  }
}
