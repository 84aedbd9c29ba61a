/** Compares model packs with published numbers. */
package dev.anvil.lab.acceptance;
