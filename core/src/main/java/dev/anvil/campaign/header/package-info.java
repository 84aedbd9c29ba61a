/** What columns mean by the names that people and platforms give them. */
package dev.anvil.campaign.header;
