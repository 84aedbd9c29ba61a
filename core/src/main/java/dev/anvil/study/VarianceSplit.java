package dev.anvil.study;

/**
 * Shares of an estimate's variance, each 0 to 1, together 1.
 *
 * @param source from creatives that differ
 * @param seed from variants of one creative that differ
 * @param refit from regressors that differ
 */
public record VarianceSplit(double source, double seed, double refit) {}
