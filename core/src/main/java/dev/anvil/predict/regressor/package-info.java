/** Trainers and the regressors that they fit. */
package dev.anvil.predict.regressor;
