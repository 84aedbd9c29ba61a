package dev.anvil.study.effect;

/**
 * Shares of an estimate's variance, each 0 to 1, together 1, or all 0 when nothing varies.
 *
 * @param source from creatives that differ
 * @param seed from variants of one creative that differ; part of {@code source} when there is one
 *     seed
 * @param refit from regressors that differ, over all creatives alike or by creative, and from the
 *     posts that they happened to learn from
 */
public record VarianceSplit(double source, double seed, double refit) {}
