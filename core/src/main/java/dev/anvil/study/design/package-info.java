/** Sources of a study and the variants that are laid out for each. */
package dev.anvil.study.design;
