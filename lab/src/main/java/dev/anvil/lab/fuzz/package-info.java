/** Readers of files from outside, as Jazzer calls them: {@code tools/fuzz.sh}. */
package dev.anvil.lab.fuzz;
