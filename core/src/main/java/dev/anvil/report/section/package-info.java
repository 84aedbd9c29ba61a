/** Sections of a report, their charts, tables and words. */
package dev.anvil.report.section;
