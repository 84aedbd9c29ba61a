/** Segmenters that run a model pack. */
package dev.anvil.segment.model;
