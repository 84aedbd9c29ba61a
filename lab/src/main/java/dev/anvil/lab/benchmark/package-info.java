/** Measures speed. */
package dev.anvil.lab.benchmark;
