/** The paper, experiment by experiment, on a campaign whose true effects are known. */
package dev.anvil.lab.paper;
