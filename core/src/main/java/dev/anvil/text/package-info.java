/** Texts as networks read them: tokenizers. */
package dev.anvil.text;
