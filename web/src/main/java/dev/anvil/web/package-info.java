/** The studio: pages and an HTTP API on the engine. */
package dev.anvil.web;
