/** Questions in words: two descriptions are turned into pictures' embeddings and scored. */
package dev.anvil.ask;
