/** From a network's raw output to elements. */
package dev.anvil.segment.post;
