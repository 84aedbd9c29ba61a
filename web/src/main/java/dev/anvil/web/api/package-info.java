/** The HTTP API. */
package dev.anvil.web.api;
