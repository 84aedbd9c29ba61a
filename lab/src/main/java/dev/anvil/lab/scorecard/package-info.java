/** Judges methods on simulated worlds whose true effects are known (docs/method.md section 7). */
package dev.anvil.lab.scorecard;
