/** What jobs answer: records that are the same in Java and as JSON. */
package dev.anvil.engine.outcome;
