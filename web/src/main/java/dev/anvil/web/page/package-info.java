/** The pages. */
package dev.anvil.web.page;
