/** Judges methods on simulated worlds whose true effects are known (METHOD 7). */
package dev.anvil.lab.scorecard;
