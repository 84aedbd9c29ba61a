/**
 * Anvil's jobs on Apache Spark. Executors do what is costly and depends on one picture; the
 * engine's own services then read it from the stores, so that nothing is estimated here and results
 * are those of one machine, to the last bit (docs/scale.md).
 */
package dev.anvil.spark;
