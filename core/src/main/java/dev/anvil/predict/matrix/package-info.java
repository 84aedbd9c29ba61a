/** Rows of numbers, their standardisation, and dense linear algebra. */
package dev.anvil.predict.matrix;
