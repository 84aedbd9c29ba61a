/**
 * Jobs that another process does, such as the driver of a cluster: it tells its phases as lines of
 * JSON, and they are phases here again. Knows how such a process is started, and nothing of what it
 * is made of.
 */
package dev.anvil.engine.cluster;
