package dev.anvil.edit;

import java.util.Map;

/**
 * Changes one element of a picture.
 *
 * <p>Deterministic in its request. Outside the (feathered) mask the edited picture equals its
 * source, unless the editor says that it {@link #isGlobal()}.
 */
public interface Editor {
  /** Short name used in study files, for example {@code recolor}. */
  String name();

  /** Every parameter and asset that shapes the result, for provenance. */
  Map<String, String> parameters();

  /** Whether a null edit changes nothing at all, so that the untouched source is the control. */
  boolean isExact();

  /**
   * Whether the edit is meant to change pixels outside the mask (a tone over the whole picture).
   */
  default boolean isGlobal() {
    return false;
  }

  /** Edits one picture. */
  Edited edit(EditRequest request);
}
