package dev.anvil.encode;

/** Vectors of length 1. */
final class Unit {
  private Unit() {}

  /** Divides a vector by its Euclidean length, in place; one of zeros stays. */
  static float[] normalise(float[] vector) {
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }
}
