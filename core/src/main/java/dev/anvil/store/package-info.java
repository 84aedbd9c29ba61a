/**
 * Ports: what the rooms need kept, and nothing of how. {@code workspace} keeps it in SQLite and
 * files; tests keep it in memory; a cluster may keep it elsewhere.
 */
package dev.anvil.store;
