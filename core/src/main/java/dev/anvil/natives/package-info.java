/** Native libraries, unpacked once and checked, instead of by every process. */
package dev.anvil.natives;
