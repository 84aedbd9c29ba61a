/**
 * Results as pages and tables: {@link dev.anvil.report.data.ReportData} in, one HTML file or CSV
 * and Parquet files out.
 */
package dev.anvil.report;
