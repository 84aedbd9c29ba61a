/** Files of posts as rows of text: CSV, JSON, Parquet, XLSX. */
package dev.anvil.campaign.table;
