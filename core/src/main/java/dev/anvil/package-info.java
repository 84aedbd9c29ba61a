/** Words shared by all rooms of Anvil. */
package dev.anvil;
