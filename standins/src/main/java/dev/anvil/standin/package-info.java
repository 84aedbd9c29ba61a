/**
 * Networks that have the signature of published ones and random or hand-made weights: no published
 * weights are needed to test and to measure what loads them.
 */
package dev.anvil.standin;
