/** Models of a metric: columns, fitting, evaluation and prediction intervals. */
package dev.anvil.predict;
