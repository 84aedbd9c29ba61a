/** Runs a study: pictures, models, effects and verdicts. */
package dev.anvil.study;
