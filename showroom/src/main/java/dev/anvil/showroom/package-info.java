/** Simulated worlds: metrics with known true effects on pictures whose content is known. */
package dev.anvil.showroom;
