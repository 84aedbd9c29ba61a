/** The table of routes, and the OpenAPI document made from it. */
package dev.anvil.web.route;
