/** Simulated campaigns of several accounts: are effects within accounts found? */
package dev.anvil.lab.accounts;
