/** Results as pages and tables. */
package dev.anvil.report;
