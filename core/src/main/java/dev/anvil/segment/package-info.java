/** Labelled elements of a picture. */
package dev.anvil.segment;
