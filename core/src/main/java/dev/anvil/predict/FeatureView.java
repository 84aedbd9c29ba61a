package dev.anvil.predict;

/** Which part of an embedding the regressor sees. */
public enum FeatureView {
  /** Nothing of it: metadata alone. */
  NONE,
  /** The whole picture only, as in the paper. */
  WHOLE,
  /**
   * The whole picture, its main element, and the element's size and place (docs/method.md section
   * 4.3).
   */
  WHOLE_AND_ELEMENT
}
