package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes one element of a picture.
 *
 * <p>Deterministic in its request. Where {@link Edited#changed} is 0 the edited picture equals its
 * source. Safe for use from several threads.
 */
public interface Editor {
  /** Short name used in study files, for example {@code recolor}. */
  String name();

  /** Every parameter and asset that shapes the result, for provenance. */
  Map<String, String> parameters();

  /**
   * Counts up whenever the same parameters begin to give other pixels, so that variants that were
   * kept are made anew.
   */
  default int version() {
    return 1;
  }

  /**
   * The edit that asks for no change, the control of every variant that this editor makes with the
   * same mask and seed (docs/method.md section 3.2). Empty where it would change nothing at all, so
   * that the untouched source is the control.
   */
  default Optional<Editor> nullEdit() {
    return Optional.empty();
  }

  /**
   * Whether the edit is meant to change pixels outside the mask (a tone over the whole picture).
   */
  default boolean isGlobal() {
    return false;
  }

  /**
   * Whether elements may lie elsewhere in the edited picture than in its source, so that they have
   * to be looked for again.
   */
  default boolean movesElements() {
    return false;
  }

  /**
   * Whether it needs one element as a request's mask, since it puts something beside it; else all
   * elements of the asked labels are edited together.
   */
  default boolean takesOne() {
    return false;
  }

  /**
   * Where the elements are that this editor is asked to change; empty when there is none.
   *
   * @param labels of the elements; all of them, or the largest only, see {@link Segmentation#mask}
   */
  default Optional<Mask> maskIn(Segmentation elements, List<String> labels) {
    return takesOne() ? elements.largest(labels).map(Element::mask) : elements.mask(labels);
  }

  /** Whether an edited picture that equals its source means that the edit has failed. */
  default boolean mustChange(EditRequest request) {
    return true;
  }

  /**
   * What is to be gone afterwards, for edits that only take away; it is looked for again in the
   * edited picture.
   */
  default Optional<Removal> removal(EditRequest request) {
    return Optional.empty();
  }

  /** The colour that the changed region is to have, for editors that aim at one. */
  default Optional<OkLab> targetColour() {
    return Optional.empty();
  }

  /** How often an edit that fails its checks is tried, each time with another seed; 1 or more. */
  default int attempts() {
    return 1;
  }

  /**
   * Why an edited picture does not look like what was asked for; empty where it does, and where
   * nobody looks.
   */
  default Optional<String> unlike(Picture edited, RunContext context) {
    return Optional.empty();
  }

  /**
   * Whether the same request gives the same bytes again in little time. Of an editor that is not,
   * callers keep the picture that they were given.
   */
  default boolean isRepeatable() {
    return true;
  }

  /**
   * Edits one picture.
   *
   * @param context told of steps where an edit has some
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Edited edit(EditRequest request, RunContext context);
}
