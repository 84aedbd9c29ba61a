/** Tells which level of a factor a post or picture shows. */
package dev.anvil.study.label;
