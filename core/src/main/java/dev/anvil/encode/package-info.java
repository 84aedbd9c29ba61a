/** Pictures to embeddings. */
package dev.anvil.encode;
