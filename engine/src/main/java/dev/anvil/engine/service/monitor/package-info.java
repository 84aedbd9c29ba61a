/** The job that watches a campaign over time, and what it keeps. */
package dev.anvil.engine.service.monitor;
