/** Regressors fitted again to parts of a campaign or to resampled targets. */
package dev.anvil.predict.refit;
