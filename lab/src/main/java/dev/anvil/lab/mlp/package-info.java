/** A multilayer perceptron, for comparison only. */
package dev.anvil.lab.mlp;
