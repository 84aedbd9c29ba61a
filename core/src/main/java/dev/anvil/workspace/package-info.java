/** Database, blobs, embedding files and the run ledger. */
package dev.anvil.workspace;
