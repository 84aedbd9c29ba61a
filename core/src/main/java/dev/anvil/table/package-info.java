/** Tables as files: CSV and Parquet. */
package dev.anvil.table;
