/** Labelled elements of a picture, and what finds them. */
package dev.anvil.segment;
