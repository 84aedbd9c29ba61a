/** Variants as they were made, checked and scored. */
package dev.anvil.study.variant;
