/**
 * Results as pages and tables: {@link ReportData} in, one HTML file or CSV and Parquet files out.
 */
package dev.anvil.report;
