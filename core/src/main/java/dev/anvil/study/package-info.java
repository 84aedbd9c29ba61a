/** Variants, controls, contrasts and their effects. */
package dev.anvil.study;
