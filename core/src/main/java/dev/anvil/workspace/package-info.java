/** What Anvil remembers: a database, blobs, embeddings and the ledger of runs, in one folder. */
package dev.anvil.workspace;
