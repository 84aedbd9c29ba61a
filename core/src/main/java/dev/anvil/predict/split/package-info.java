/** Groups of near-duplicates, folds, and splits into train and test. */
package dev.anvil.predict.split;
