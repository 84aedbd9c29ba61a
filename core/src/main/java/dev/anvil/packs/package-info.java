/** Model packs: manifests, catalogue, and what is pulled, added, checked and removed. */
package dev.anvil.packs;
