package dev.anvil.predict;

/** Which part of an embedding the regressor sees. */
public enum FeatureView {
  /** The whole picture only, as in the paper. */
  WHOLE,
  /** The whole picture, its main element, and the element's size and place (METHOD 4). */
  WHOLE_AND_ELEMENT
}
