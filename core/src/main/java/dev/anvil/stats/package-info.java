/** Intervals, tests and corrections; plain Java. */
package dev.anvil.stats;
