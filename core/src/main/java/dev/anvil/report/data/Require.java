package dev.anvil.report.data;

/** Checks shared by the records of this room. */
final class Require {
  private Require() {}

  static void notNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + "; expected 0 or more");
    }
  }

  static void share(double value, String name) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + "; expected 0 to 1");
    }
  }
}
