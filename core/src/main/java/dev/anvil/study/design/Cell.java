package dev.anvil.study.design;

import dev.anvil.edit.Editor;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.Optional;

/**
 * One variant to be made and scored, or the null edit that is its control.
 *
 * @param source index of the source
 * @param level of the factor, or {@link StudySpec#NULL_EDIT}
 * @param seed index of the seed
 * @param editSeed given to the editor; the same for every level of one source, factor and seed, so
 *     that levels differ in nothing else
 * @param key hash of everything that its picture and embedding depend on
 * @param control key of the null edit with the same mask and seed; empty where the untouched source
 *     is the control
 */
public record Cell(
    int source,
    Source from,
    Factor factor,
    String level,
    int seed,
    long editSeed,
    Editor editor,
    String key,
    Optional<String> control) {
  /** The same cell of a source that was published elsewhere. */
  public Cell of(Source other) {
    return new Cell(source, other, factor, level, seed, editSeed, editor, key, control);
  }

  public boolean isNullEdit() {
    return level.equals(StudySpec.NULL_EDIT);
  }
}
