/** Target transform, regressors, splits and evaluation. */
package dev.anvil.predict;
