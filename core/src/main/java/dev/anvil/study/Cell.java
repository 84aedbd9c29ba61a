package dev.anvil.study;

import dev.anvil.edit.Editor;
import dev.anvil.study.StudySpec.Factor;

/**
 * One variant to be made and scored.
 *
 * @param source index of the source
 * @param seed index of the seed
 * @param editSeed given to the editor; the same for every level of one source, factor and seed, so
 *     that levels differ in nothing else
 * @param key hash of everything that its picture and embedding depend on
 */
record Cell(
    int source,
    Source from,
    Factor factor,
    String level,
    int seed,
    long editSeed,
    Editor editor,
    String key) {}
