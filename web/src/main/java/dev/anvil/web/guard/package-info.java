/** Who may ask what. */
package dev.anvil.web.guard;
