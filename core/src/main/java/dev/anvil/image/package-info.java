/** Decoding, exact resizing, masks and colour. */
package dev.anvil.image;
