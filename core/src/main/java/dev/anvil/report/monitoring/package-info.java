/** The page that monitoring writes (docs/monitoring.md). */
package dev.anvil.report.monitoring;
