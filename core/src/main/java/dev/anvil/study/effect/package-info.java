/** Scores of variants, contrasts between them, effects and verdicts. */
package dev.anvil.study.effect;
