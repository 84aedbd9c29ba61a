/** What somebody else may add to Anvil without touching it; see ARCHITECTURE.md, Where to add. */
package dev.anvil.extension;
