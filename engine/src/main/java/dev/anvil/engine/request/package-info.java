/** What can be asked of Anvil: one record per job, the same in Java, as JSON and in the ledger. */
package dev.anvil.engine.request;
