/** How numbers and dates are written in a column, decided from all of its cells. */
package dev.anvil.campaign.format;
