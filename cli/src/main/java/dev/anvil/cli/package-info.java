/** The command line: arguments in, progress and results out. The work is done by the core. */
package dev.anvil.cli;
