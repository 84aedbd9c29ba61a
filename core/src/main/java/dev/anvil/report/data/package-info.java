/** What a report shows, as plain values. */
package dev.anvil.report.data;
